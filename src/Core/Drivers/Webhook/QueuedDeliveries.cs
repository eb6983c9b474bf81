using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Drivers.Webhook;

/// <summary>Hands over what waits in a queue, in order, and takes each event out when it is settled.</summary>
internal sealed partial class QueuedDeliveries(IEventQueue queue, string name, Lease? under, Redelivery redelivery, int maxInHand, ILogger log)
{
    /// <summary>Bodies in hand at once, unless a single one is larger.</summary>
    private const long MaxBytes = 64L * 1024 * 1024;

    private readonly Dictionary<long, (Task Handling, long Bytes)> _inHand = [];
    private readonly Lock _lock = new();
    private TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Hands over as many as there is room for. Returns how many; waits for room when there is none.</summary>
    public async Task<int> ReadAsync(Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        HashSet<long> known;
        long bytes;
        while (true)
        {
            Task left;
            lock (_lock)
            {
                left = _left.Task;
                bytes = _inHand.Values.Sum(h => h.Bytes);
                known = [.. _inHand.Keys];
            }

            if (known.Count < maxInHand && (known.Count == 0 || bytes < MaxBytes))
            {
                break;
            }

            await left.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        var events = await queue.ReadAsync(name, known, maxInHand - known.Count, MaxBytes - bytes, cancellationToken).ConfigureAwait(false);
        foreach (var next in events)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (_lock)
            {
                _inHand[next.Position] = (Task.CompletedTask, next.Body.Length);
            }

            var handling = HandleAsync(next, onDelivery, cancellationToken);
            lock (_lock)
            {
                if (_inHand.ContainsKey(next.Position))
                {
                    _inHand[next.Position] = (handling, next.Body.Length);
                }
            }
        }

        return events.Count;
    }

    /// <summary>Returns when nothing is in hand any more.</summary>
    public async Task DrainAsync()
    {
        Task[] rest;
        lock (_lock)
        {
            rest = [.. _inHand.Values.Select(h => h.Handling)];
        }

        await Task.WhenAll(rest).ConfigureAwait(false);
    }

    private async Task HandleAsync(QueuedEvent next, Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        try
        {
            if (await redelivery.UntilSettledAsync(next.Body, onDelivery, cancellationToken, next.TraceParent).ConfigureAwait(false))
            {
                await queue.RemoveAsync(name, [next.Position], under, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception fault)
        {
            // It stays in the queue, is read again and dropped by the inbox.
            NotRemoved(log, fault, next.Id);
        }
        finally
        {
            lock (_lock)
            {
                _inHand.Remove(next.Position);
                _left.SetResult();
                _left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
