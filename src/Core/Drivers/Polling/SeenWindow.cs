namespace Flatfile.Agent.Core.Drivers.Polling;

/// <summary>Which polled events are in hand or settled, and how far back the next question must reach.</summary>
internal sealed class SeenWindow(DateTimeOffset start, TimeSpan overlap, int maxInHand, TimeProvider time)
{
    private const int MostRemembered = 50_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, DateTimeOffset> _inHand = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset At, DateTimeOffset AcknowledgeAt, bool IsAcknowledged)> _settled = new(StringComparer.Ordinal);
    private readonly Queue<string> _settledOrder = new();
    private readonly Lock _lock = new();
    private DateTimeOffset _horizon = start;
    private DateTimeOffset _saved = DateTimeOffset.MinValue;

    /// <summary>The oldest time that must still be asked for.</summary>
    public DateTimeOffset Since
    {
        get
        {
            lock (_lock)
            {
                return Oldest() - overlap;
            }
        }
    }

    /// <summary>True while more events may be taken.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_lock)
            {
                return _inHand.Count < maxInHand;
            }
        }
    }

    /// <summary>
    /// Everything visible up to this time was listed and taken. Only what is known for certain may be said here: an event behind the horizon
    /// that was never listed is looked for as far back as the overlap, and no further.
    /// </summary>
    public void Confirm(DateTimeOffset time)
    {
        lock (_lock)
        {
            _horizon = time > _horizon ? time : _horizon;
        }
    }

    /// <summary>Says what to do with an event that was listed.</summary>
    public SeenAnswer Look(string id, DateTimeOffset createdAt)
    {
        lock (_lock)
        {
            if (_inHand.ContainsKey(id))
            {
                return SeenAnswer.InHand;
            }

            if (_settled.TryGetValue(id, out var settled))
            {
                return settled.AcknowledgeAt <= time.GetUtcNow() ? SeenAnswer.Settled : SeenAnswer.Acknowledged;
            }

            if (_inHand.Count >= maxInHand)
            {
                return SeenAnswer.NoRoom;
            }

            _inHand[id] = createdAt;
            return SeenAnswer.New;
        }
    }

    /// <summary>The event is settled; it may be listed a while longer.</summary>
    public void Settle(string id)
    {
        lock (_lock)
        {
            _inHand.Remove(id);
            _settled[id] = (time.GetUtcNow(), DateTimeOffset.MaxValue, false);
            _settledOrder.Enqueue(id);
            while (_settledOrder.TryPeek(out var oldest)
                && (_settledOrder.Count > MostRemembered || time.GetUtcNow() - _settled.GetValueOrDefault(oldest).At > Remembered))
            {
                _settledOrder.Dequeue();
                _settled.Remove(oldest);
            }
        }
    }

    /// <summary>A settled event that is listed again after the pause is acknowledged again.</summary>
    public void AcknowledgeAgainAfter(string id, TimeSpan pause, bool isAcknowledged)
    {
        lock (_lock)
        {
            if (_settled.TryGetValue(id, out var settled))
            {
                _settled[id] = (settled.At, time.GetUtcNow() + pause, isAcknowledged);
            }
        }
    }

    /// <summary>Settled events whose acknowledgement was lost.</summary>
    public IReadOnlyList<string> NotAcknowledged()
    {
        lock (_lock)
        {
            return [.. _settled.Where(s => !s.Value.IsAcknowledged).Select(s => s.Key)];
        }
    }

    /// <summary>The time up to which all is settled, when it has moved since it was last taken.</summary>
    public DateTimeOffset? TakeProgress()
    {
        lock (_lock)
        {
            var oldest = Oldest();
            if (oldest <= _saved)
            {
                return null;
            }

            _saved = oldest;
            return oldest;
        }
    }

    private DateTimeOffset Oldest()
    {
        var oldest = _horizon;
        foreach (var createdAt in _inHand.Values)
        {
            oldest = createdAt < oldest ? createdAt : oldest;
        }

        return oldest;
    }
}
