using System.Collections.Concurrent;

namespace Flatfile.Api.Tests.Support;

/// <summary>A clock that stands still until a test lets the limits pass: the real one may run out before a request has left a busy machine.</summary>
internal sealed class HeldTime : TimeProvider
{
    private readonly ConcurrentDictionary<Held, bool> _running = new();

    /// <summary>Every timer that runs at this moment is due.</summary>
    public void Pass()
    {
        foreach (var timer in _running.Keys)
        {
            timer.Due();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Held(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Held(HeldTime time, TimerCallback callback, object? state) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                time._running.TryRemove(this, out _);
            }
            else
            {
                time._running[this] = true;
            }

            return true;
        }

        public void Due()
        {
            if (time._running.TryRemove(this, out _))
            {
                callback(state);
            }
        }

        public void Dispose() => time._running.TryRemove(this, out _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
