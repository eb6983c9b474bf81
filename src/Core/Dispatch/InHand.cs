namespace Flatfile.Agent.Core.Dispatch;

/// <summary>Counts what is being worked on, and says when it is nothing.</summary>
internal sealed class InHand
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _empty;
    private int _count;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    public Task WhenEmpty
    {
        get
        {
            lock (_lock)
            {
                return _count == 0 ? Task.CompletedTask : (_empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }
    }

    public Place Enter()
    {
        lock (_lock)
        {
            _count++;
            return new Place(this);
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_count == 0)
            {
                _empty?.SetResult();
                _empty = null;
            }
        }
    }

    /// <summary>One piece of work; disposing ends it.</summary>
    public readonly struct Place(InHand owner) : IDisposable
    {
        public void Dispose() => owner.Leave();
    }
}
