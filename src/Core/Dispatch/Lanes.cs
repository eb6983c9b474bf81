namespace Flatfile.Agent.Core.Dispatch;

/// <summary>Work of one key runs one after the other, in the order it came; keys run beside each other up to a limit.</summary>
internal sealed class Lanes(int maxConcurrency) : IDisposable
{
    private readonly Dictionary<string, Queue<TaskCompletionSource>> _waiting = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _slots = new(maxConcurrency, maxConcurrency);

    /// <summary>Lanes with work in hand or waiting.</summary>
    public int Count
    {
        get
        {
            lock (_waiting)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Takes its place in the lane before it first awaits, so the order of calls is the order of work.</summary>
    /// <param name="key">The lane.</param>
    /// <param name="work">What to do; it may give its slot back while it pauses.</param>
    /// <param name="cancellationToken">Gives up waiting; work that has begun is not its business.</param>
    public async Task RunAsync(string key, Func<LaneSlot, Task> work, CancellationToken cancellationToken)
    {
        var turn = Join(key);
        try
        {
            // The turn itself is always awaited: a place in the queue that vanished would let two run at once.
            await turn.ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            var slot = new LaneSlot(_slots);
            await slot.TakeAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await work(slot).ConfigureAwait(false);
            }
            finally
            {
                slot.Release();
            }
        }
        finally
        {
            Leave(key);
        }
    }

    public void Dispose() => _slots.Dispose();

    private Task Join(string key)
    {
        lock (_waiting)
        {
            if (!_waiting.TryGetValue(key, out var queue))
            {
                _waiting[key] = new Queue<TaskCompletionSource>();
                return Task.CompletedTask;
            }

            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            queue.Enqueue(turn);
            return turn.Task;
        }
    }

    private void Leave(string key)
    {
        lock (_waiting)
        {
            if (_waiting[key].TryDequeue(out var next))
            {
                next.SetResult();
            }
            else
            {
                _waiting.Remove(key);
            }
        }
    }
}
