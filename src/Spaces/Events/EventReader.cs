using Microsoft.Extensions.Hosting;

namespace Flatfile.Spaces.Events;

/// <summary>Waits at the log on behalf of a connection: for events of its channel, for a pause to be over, or for the server's end.</summary>
internal sealed class EventReader(EventLog log, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>Whether the server is about to stop; connections that wait end then.</summary>
    public bool IsStopping => lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>The next events after a position; an empty window when the time is over or the server stops.</summary>
    public async Task<EventWindow> NextAsync(EventChannel channel, long after, TimeSpan patience, CancellationToken cancelled)
    {
        using var over = new CancellationTokenSource(patience, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(over.Token, lifetime.ApplicationStopping, cancelled);
        while (true)
        {
            var window = await log.ReadAsync(channel, after, cancelled).ConfigureAwait(false);
            if (window.Events.Count > 0)
            {
                return window;
            }

            after = window.Scanned;
            try
            {
                await log.WaitAsync(after, any.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
            {
                return window;
            }
        }
    }
}
