namespace Flatfile.Agent.Core.Drivers.InProcess;

/// <summary>Reads a feed page by page and keeps a bounded number of its events in hand.</summary>
internal sealed class FeedReader(IEventFeed feed, SettledPrefix prefix, Redelivery redelivery, int maxInFlight, int maxSpan)
{
    private readonly SemaphoreSlim _inFlight = new(maxInFlight, maxInFlight);
    private readonly SemaphoreSlim _span = new(maxSpan, maxSpan);
    private readonly HashSet<Task> _running = [];
    private long _position = prefix.Position;

    /// <summary>Hands over the next page in order, or waits when there is none. Returns false when there was none.</summary>
    public async Task<bool> ReadPageAsync(int limit, Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        var page = await feed.ReadAfterAsync(_position, limit, cancellationToken).ConfigureAwait(false);
        if (page.Count == 0)
        {
            await feed.WaitAsync(_position, cancellationToken).ConfigureAwait(false);
            return false;
        }

        foreach (var next in page)
        {
            await _span.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (next.Body.IsEmpty)
            {
                prefix.Begin(next.Position);
                _position = next.Position;
                Settle(next.Position);
                continue;
            }

            await _inFlight.WaitAsync(cancellationToken).ConfigureAwait(false);
            // The stop itself may have freed the place.
            cancellationToken.ThrowIfCancellationRequested();
            prefix.Begin(next.Position);
            _position = next.Position;
            Track(HandleAsync(next, onDelivery, cancellationToken));
        }

        return true;
    }

    /// <summary>Returns when nothing is in hand any more.</summary>
    public async Task DrainAsync()
    {
        Task[] rest;
        lock (_running)
        {
            rest = [.. _running];
        }

        await Task.WhenAll(rest).ConfigureAwait(false);
    }

    private async Task HandleAsync(FeedEvent next, Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        if (await redelivery.UntilSettledAsync(next.Body, onDelivery, cancellationToken).ConfigureAwait(false))
        {
            Settle(next.Position);
        }

        _inFlight.Release();
    }

    private void Settle(long position)
    {
        if (prefix.Settle(position) is > 0 and var grown)
        {
            _span.Release(grown);
        }
    }

    private void Track(Task task)
    {
        if (task.IsCompleted)
        {
            return;
        }

        lock (_running)
        {
            _running.Add(task);
        }

        task.ContinueWith(
            done =>
            {
                lock (_running)
                {
                    _running.Remove(done);
                }
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
