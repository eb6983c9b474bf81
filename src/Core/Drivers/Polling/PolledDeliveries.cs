using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Flatfile.Api;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Drivers.Polling;

/// <summary>Turns listed events into deliveries, each id once, and acknowledges the settled ones.</summary>
internal sealed partial class PolledDeliveries(PolledEvents source, SeenWindow window, Redelivery redelivery, ILogger log)
{
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _acknowledging = new(StringComparer.Ordinal);

    /// <summary>Asks once, over as many pages as there are, and hands over what is new. Returns how many were.</summary>
    public async Task<int> PollAsync(Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        var since = window.Since;
        var fresh = 0;
        for (var page = 1; window.HasRoom; page++)
        {
            var listed = await source.ListAsync(since, page, cancellationToken).ConfigureAwait(false);
            var known = 0;
            foreach (var item in listed)
            {
                switch (Take(item, onDelivery, cancellationToken))
                {
                    case SeenAnswer.New:
                        fresh++;
                        break;
                    case SeenAnswer.NoRoom:
                        return fresh;
                    default:
                        known++;
                        break;
                }
            }

            if (listed.Count < PolledEvents.PageSize || (page > 1 && known == listed.Count))
            {
                break;
            }
        }

        return fresh;
    }

    /// <summary>Returns when nothing is in hand any more.</summary>
    public Task DrainAsync() => Task.WhenAll(_running.Values);

    private SeenAnswer Take(JsonElement item, Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(item.GetRawText());
        var id = Text(item, "id") ?? "unreadable:" + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(body));
        var createdAt = Text(item, "createdAt") is { } at && DateTimeOffset.TryParse(at, out var time) ? time : window.Since;
        var answer = window.Look(id, createdAt);
        switch (answer)
        {
            case SeenAnswer.New:
                _running[id] = Task.CompletedTask;
                var handling = HandleAsync(id, body, onDelivery, cancellationToken);
                if (!handling.IsCompleted)
                {
                    _running.TryUpdate(id, handling, Task.CompletedTask);
                }

                break;
            case SeenAnswer.Settled:
                _ = AcknowledgeAsync(id, cancellationToken);
                break;
        }

        return answer;
    }

    private async Task HandleAsync(string id, byte[] body, Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        try
        {
            if (await redelivery.UntilSettledAsync(body, onDelivery, cancellationToken).ConfigureAwait(false))
            {
                window.Settle(id);
                await AcknowledgeAsync(id, CancellationToken.None).ConfigureAwait(false);
            }
        }
        finally
        {
            _running.TryRemove(id, out _);
        }
    }

    /// <summary>A lost acknowledgement only makes the source list the event again.</summary>
    private async Task AcknowledgeAsync(string id, CancellationToken cancellationToken)
    {
        if (id.StartsWith("unreadable:", StringComparison.Ordinal) || !_acknowledging.TryAdd(id, 0))
        {
            return;
        }

        try
        {
            await source.AcknowledgeAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (FlatfileApiException known) when (known.Status is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // Gone, or acknowledged by somebody: the same to us.
        }
        catch (Exception fault)
        {
            NotAcknowledged(log, fault, id);
        }
        finally
        {
            _acknowledging.TryRemove(id, out _);
        }
    }

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
