namespace Flatfile.Agent.Core.Drivers.InProcess;

/// <summary>Knows up to which position everything is settled, although events are settled out of order.</summary>
internal sealed class SettledPrefix(long start)
{
    private readonly Queue<long> _order = new();
    private readonly HashSet<long> _settled = [];
    private readonly Lock _lock = new();
    private long _position = start;

    /// <summary>Everything up to here is settled.</summary>
    public long Position
    {
        get
        {
            lock (_lock)
            {
                return _position;
            }
        }
    }

    /// <summary>An event that is being handled; positions come in ascending order.</summary>
    public void Begin(long position)
    {
        lock (_lock)
        {
            _order.Enqueue(position);
        }
    }

    /// <summary>Returns by how many events the prefix grew.</summary>
    public int Settle(long position)
    {
        lock (_lock)
        {
            _settled.Add(position);
            var grown = 0;
            while (_order.TryPeek(out var next) && _settled.Remove(next))
            {
                _position = _order.Dequeue();
                grown++;
            }

            return grown;
        }
    }
}
