using System.Globalization;
using Flatfile.Agent.Core.Drivers.InProcess;
using Flatfile.Api;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Drivers.SpacesStream;

/// <summary>The event log of a Spaces elsewhere, read over its stream from place to place. Holds one event at a time.</summary>
internal sealed partial class StreamFeed(FlatfileClient client, string? environmentId, int maxEventBytes, Pause reconnect, ILogger log) : IEventFeed, IAsyncDisposable
{
    /// <summary>Enough to see what it was; it cannot be read as an event, so the pipeline puts it to the dead letters.</summary>
    private const int KeptOfTooLarge = 4096;

    private ServerSentBlocks? _blocks;

    /// <summary>Where the stream goes on when it is opened again; null for what comes from now on.</summary>
    public long? Place { get; set; }

    public async Task<IReadOnlyList<FeedEvent>> ReadAfterAsync(long position, int limit, CancellationToken cancellationToken)
    {
        try
        {
            _blocks ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
            while (await _blocks.NextAsync(cancellationToken).ConfigureAwait(false) is { } block)
            {
                if (block.Id is null)
                {
                    continue;
                }

                Place = Parse(block.Id);
                if (Place > position)
                {
                    return [new FeedEvent(Place.Value, Body(block))];
                }
            }
        }
        catch
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await DisposeAsync().ConfigureAwait(false);
        return [];
    }

    /// <summary>Asked when the server ended the stream: it is opened again after a while.</summary>
    public Task WaitAsync(long position, CancellationToken cancellationToken) => reconnect.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_blocks is { } blocks)
        {
            _blocks = null;
            await blocks.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static long Parse(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
        ? place
        : throw new InvalidDataException($"The server's stream names the place '{id}', which is no number: it is not Spaces. Set Agent:Driver to Polling.");

    private async Task<ServerSentBlocks> OpenAsync(CancellationToken cancellationToken)
    {
        var query = new List<KeyValuePair<string, string>>();
        if (environmentId is not null)
        {
            query.Add(new("environmentId", environmentId));
        }

        if (Place is { } place)
        {
            query.Add(new("lastEventId", place.ToString(CultureInfo.InvariantCulture)));
        }

        return new ServerSentBlocks(await client.OpenRelativeAsync("v1/events/stream", query, cancellationToken).ConfigureAwait(false), maxEventBytes);
    }

    private ReadOnlyMemory<byte> Body(ServerSentBlock block)
    {
        if (block is { IsCut: true, Data: { } data })
        {
            TooLarge(log, block.Id!, maxEventBytes);
            return data.AsMemory(0, Math.Min(data.Length, KeptOfTooLarge));
        }

        return block.Data;
    }
}
