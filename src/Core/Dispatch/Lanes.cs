namespace Flatfile.Agent.Core.Dispatch;

/// <summary>Work of one key runs one after the other, in the order it came; keys run beside each other.</summary>
internal sealed class Lanes
{
    private readonly Dictionary<string, Queue<TaskCompletionSource>> _waiting = new(StringComparer.Ordinal);

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

    /// <summary>Takes a place in a lane at once, so that the order of calls is the order of work.</summary>
    public Place Join(string key)
    {
        lock (_waiting)
        {
            if (!_waiting.TryGetValue(key, out var queue))
            {
                _waiting[key] = new Queue<TaskCompletionSource>();
                return new Place(this, key, Task.CompletedTask);
            }

            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            queue.Enqueue(turn);
            return new Place(this, key, turn.Task);
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

    /// <summary>A place in a lane, which its work must use.</summary>
    public readonly struct Place(Lanes lanes, string key, Task turn)
    {
        /// <summary>Waits for the turn, works, and leaves the lane.</summary>
        /// <param name="work">What to do.</param>
        /// <param name="cancellationToken">Keeps work from being begun; work that has begun is not its business.</param>
        public async Task RunAsync(Func<Task> work, CancellationToken cancellationToken)
        {
            // The turn itself is always awaited: a place in the queue that vanished would let two run at once.
            await turn.ConfigureAwait(false);
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                await work().ConfigureAwait(false);
            }
            finally
            {
                lanes.Leave(key);
            }
        }
    }
}
