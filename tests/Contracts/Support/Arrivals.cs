namespace Contracts.Support;

/// <summary>Collects what arrives and lets a test wait until enough did.</summary>
public sealed class Arrivals<T>(string what)
{
    private readonly Lock _lock = new();
    private readonly List<T> _items = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];

    public IReadOnlyList<T> Items
    {
        get
        {
            lock (_lock)
            {
                return [.. _items];
            }
        }
    }

    public void Add(T item)
    {
        lock (_lock)
        {
            _items.Add(item);
            foreach (var (_, reached) in _waiting.Where(w => w.Count <= _items.Count))
            {
                reached.TrySetResult();
            }

            _waiting.RemoveAll(w => w.Count <= _items.Count);
        }
    }

    /// <summary>Waits until at least this many arrived.</summary>
    public async Task<IReadOnlyList<T>> WaitForAsync(int count)
    {
        Task task;
        lock (_lock)
        {
            if (_items.Count >= count)
            {
                return [.. _items];
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            task = reached.Task;
        }

        try
        {
            await Signal.WaitAsync(task, $"{count} {what}");
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message} {Items.Count} came.", late);
        }

        return Items;
    }
}
