using System.Collections.Concurrent;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>The events on their way through the pipeline, and how long the oldest of them has waited for its end.</summary>
internal sealed class UnsettledEvents(TimeProvider time)
{
    private readonly InHand _inHand = new();
    private readonly ConcurrentDictionary<EventReceipt, bool> _receipts = new();

    public int Count => _inHand.Count;

    public Task WhenEmpty => _inHand.WhenEmpty;

    /// <summary>Zero when there are none. Time at the source counts: when consumers are too slow, most of the waiting is done there.</summary>
    public TimeSpan OldestAge
    {
        get
        {
            var now = time.GetUtcNow();
            var oldest = now;
            foreach (var (receipt, _) in _receipts)
            {
                var since = receipt.Since;
                oldest = since < oldest ? since : oldest;
            }

            return now - oldest;
        }
    }

    /// <summary>An event begins its way; disposing ends it.</summary>
    public Place Enter(EventReceipt receipt)
    {
        _receipts.TryAdd(receipt, true);
        return new Place(this, receipt, _inHand.Enter());
    }

    /// <summary>One event on its way.</summary>
    public readonly struct Place(UnsettledEvents owner, EventReceipt receipt, InHand.Place place) : IDisposable
    {
        public void Dispose()
        {
            owner._receipts.TryRemove(receipt, out _);
            place.Dispose();
        }
    }
}
