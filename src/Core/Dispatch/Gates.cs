namespace Flatfile.Agent.Core.Dispatch;

/// <summary>Lets a limited number in at once for each key, the first come first. A key that nobody uses takes no memory.</summary>
internal sealed class Gates
{
    private readonly Dictionary<string, Gate> _gates = new(StringComparer.Ordinal);

    /// <summary>Keys in use.</summary>
    public int Count
    {
        get
        {
            lock (_gates)
            {
                return _gates.Count;
            }
        }
    }

    /// <summary>Returns when inside; whoever is inside calls <see cref="Leave"/> once.</summary>
    public Task EnterAsync(string key, int limit, CancellationToken cancellationToken)
    {
        TaskCompletionSource waiter;
        lock (_gates)
        {
            if (TryEnter(key, limit))
            {
                return Task.CompletedTask;
            }

            waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _gates[key].Waiting.Enqueue(waiter);
        }

        return cancellationToken.CanBeCanceled ? WaitAsync(waiter, cancellationToken) : waiter.Task;
    }

    public void Leave(string key)
    {
        lock (_gates)
        {
            var gate = _gates[key];
            while (gate.Waiting.TryDequeue(out var next))
            {
                // The place goes from hand to hand. One that gave up waiting is passed over.
                if (next.TrySetResult())
                {
                    return;
                }
            }

            if (--gate.Inside == 0)
            {
                _gates.Remove(key);
            }
        }
    }

    private static async Task WaitAsync(TaskCompletionSource waiter, CancellationToken cancellationToken)
    {
        await using var gone = cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken)).ConfigureAwait(false);
        await waiter.Task.ConfigureAwait(false);
    }

    private bool TryEnter(string key, int limit)
    {
        if (!_gates.TryGetValue(key, out var gate))
        {
            _gates[key] = new Gate { Inside = 1 };
            return true;
        }

        if (gate.Inside >= limit)
        {
            return false;
        }

        gate.Inside++;
        return true;
    }

    private sealed class Gate
    {
        public int Inside { get; set; }

        public Queue<TaskCompletionSource> Waiting { get; } = new();
    }
}
