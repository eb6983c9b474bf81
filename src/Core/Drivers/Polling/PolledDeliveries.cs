using System.Collections.Concurrent;

namespace Flatfile.Agent.Core.Drivers.Polling;

/// <summary>Turns listed events into deliveries, the oldest first and each id once, and has the settled ones acknowledged.</summary>
internal sealed class PolledDeliveries(PolledEvents source, SeenWindow window, Acknowledgements acknowledgements, Redelivery redelivery)
{
    /// <summary>Pages turned, or kept, before the acknowledgements get their turn.</summary>
    private const int MostPages = 10;

    private readonly ConcurrentDictionary<Task, byte> _handling = [];
    private readonly ConcurrentDictionary<Task, byte> _acknowledging = [];
    private readonly ListedTwice _listed = new();

    /// <summary>Asks once, over as many pages as there are, and hands over what is new. Returns how many were.</summary>
    public async Task<int> PollAsync(Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        var since = window.Since;
        var page = await source.ListAsync(since, 1, cancellationToken).ConfigureAwait(false);
        if (page.Count < PolledEvents.PageSize)
        {
            _listed.Forget();
            return TakeAll(page, onDelivery, cancellationToken);
        }

        try
        {
            await acknowledgements.HoldAsync().ConfigureAwait(false);
            return await TurnPagesAsync(since, onDelivery, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            acknowledgements.GoOn();
        }
    }

    /// <summary>Returns when nothing is in hand any more, and what was not acknowledged was tried once more: it would be listed to the next driver.</summary>
    public async Task DrainAsync()
    {
        await Task.WhenAll(_handling.Keys).ConfigureAwait(false);
        acknowledgements.BeginToEnd();
        await Task.WhenAll(_acknowledging.Keys).ConfigureAwait(false);
        await Task.WhenAll(window.NotAcknowledged().Where(PolledEvent.IsId).Select(acknowledgements.SendAsync)).ConfigureAwait(false);
    }

    private static bool IsNewestFirst(IReadOnlyList<PolledEvent> page) => page[0].CreatedAt > page[^1].CreatedAt;

    /// <summary>One answer held everything there is: when all of it found a place, nothing older is to come.</summary>
    private int TakeAll(IReadOnlyList<PolledEvent> page, Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        if (page.Count == 0)
        {
            return 0;
        }

        var (fresh, goOn) = TakePage(page, onDelivery, cancellationToken);
        if (goOn && page.Max(e => e.CreatedAt) is { } newest)
        {
            window.Confirm(newest);
        }

        return fresh;
    }

    /// <summary>From the first page again: what was acknowledged meanwhile moved events from the second page to the first.</summary>
    private async Task<int> TurnPagesAsync(DateTimeOffset since, Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        var fresh = 0;
        var goOn = true;
        _listed.Begin();
        var kept = new Queue<IReadOnlyList<PolledEvent>>();
        for (var number = 1; goOn && window.HasRoom; number++)
        {
            var page = await source.ListAsync(since, number, cancellationToken).ConfigureAwait(false);
            if (page.Count > 0 && (kept.Count > 0 || IsNewestFirst(page)))
            {
                // The oldest stand on the last page, and they come first: the pages before it are kept as far as there is room for them.
                kept.Enqueue(page);
                goOn = page.Count == PolledEvents.PageSize;
                if (kept.Count > MostPages)
                {
                    kept.Dequeue();
                }

                continue;
            }

            (var some, goOn) = TakePage(page, onDelivery, cancellationToken);
            fresh += some;
            goOn &= page.Count == PolledEvents.PageSize && (number < MostPages || fresh == 0);
        }

        goOn = true;
        foreach (var page in kept.Reverse().TakeWhile(_ => goOn))
        {
            (var some, goOn) = TakePage(page, onDelivery, cancellationToken);
            fresh += some;
        }

        if (_listed.End() is { } trusted)
        {
            window.Confirm(trusted);
        }

        return fresh;
    }

    /// <summary>Goes on when every event of the page found its place.</summary>
    private (int Fresh, bool GoOn) TakePage(IReadOnlyList<PolledEvent> page, Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        var fresh = 0;
        foreach (var next in page.Count > 0 && IsNewestFirst(page) ? page.Reverse() : page)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var createdAt = next.CreatedAt ?? window.Since;
            var answer = window.Look(next.Id, createdAt);
            switch (answer)
            {
                case SeenAnswer.New:
                    fresh++;
                    Track(_handling, HandleAsync(next, onDelivery, cancellationToken));
                    break;
                case SeenAnswer.NoRoom:
                    return (fresh, false);
                case SeenAnswer.Settled:
                    Acknowledge(next);
                    break;
            }

            _listed.Add(next.Id, createdAt);
        }

        return (fresh, true);
    }

    private static void Track(ConcurrentDictionary<Task, byte> tasks, Task task)
    {
        if (task.IsCompleted)
        {
            return;
        }

        tasks[task] = 0;
        task.ContinueWith(done => tasks.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task HandleAsync(PolledEvent next, Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        if (await redelivery.UntilSettledAsync(next.Body, onDelivery, cancellationToken).ConfigureAwait(false))
        {
            window.Settle(next.Id);
            Acknowledge(next);
        }
    }

    private void Acknowledge(PolledEvent next)
    {
        if (PolledEvent.IsId(next.Id))
        {
            Track(_acknowledging, acknowledgements.SendAsync(next.Id));
        }
    }
}
