using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Flatfile.Api;

/// <summary>Follows <c>events/stream</c> through broken connections and restarts of the server.</summary>
internal sealed class EventStream(ApiConnection connection, EventStreamQuery query)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private string? _last = query.LastEventId;
    private int _failures;

    public async IAsyncEnumerable<StreamedEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var isOpen = false;
            using (var lines = new StreamReader(await OpenAsync(cancellationToken).ConfigureAwait(false)))
            {
                while (await BlockAsync(lines, cancellationToken).ConfigureAwait(false) is { } block)
                {
                    // Counts only now: of a block that came in half, nothing was seen.
                    _last = block.Id ?? _last;
                    _failures = 0;
                    if (!isOpen && _last is not null)
                    {
                        isOpen = true;
                        query.Opened?.Invoke(_last);
                    }

                    if (block.Data is not null)
                    {
                        yield return new StreamedEvent(_last!, JsonSerializer.Deserialize(block.Data, FlatfileJson.Default.Event)!);
                    }
                }
            }

            await PauseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens from the last place; waits and tries again as long as the server is away.</summary>
    private async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await connection.SendForStreamAsync(
                    ApiRequest.Get(connection.At($"events/stream{query.ToQuery(_last)}")), cancellationToken).ConfigureAwait(false);
            }
            catch (FlatfileApiException fault) when (fault.IsTransient)
            {
                await PauseAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The lines up to an empty one; null when the connection ended, in whatever way.</summary>
    private static async Task<(string? Id, string? Data)?> BlockAsync(StreamReader lines, CancellationToken cancellationToken)
    {
        string? id = null;
        string? data = null;
        try
        {
            while (await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                if (line.Length == 0)
                {
                    return (id, data);
                }

                var colon = line.IndexOf(':', StringComparison.Ordinal);
                var value = line[(colon + 1)..].TrimStart(' ');
                switch (colon < 0 ? line : line[..colon])
                {
                    case "id":
                        id = value;
                        break;
                    case "data":
                        data = data is null ? value : $"{data}\n{value}";
                        break;
                }
            }
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            // Made again.
        }

        return null;
    }

    private Task PauseAsync(CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromMilliseconds(100 * Math.Pow(2, Math.Min(_failures++, 10)));
        return Task.Delay(pause < LongestPause ? pause : LongestPause, connection.Options.TimeProvider, cancellationToken);
    }
}
