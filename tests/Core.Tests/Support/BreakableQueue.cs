using Flatfile.Agent.Core.Store;

namespace Core.Tests.Support;

/// <summary>The queue of a real store, which can be out of reach for its reader for a while. What is put into it is stored all the same.</summary>
internal sealed class BreakableQueue(IEventQueue queue) : IEventQueue
{
    private TaskCompletionSource? _refused;

    public Task Break()
    {
        var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _refused, refused);
        return refused.Task;
    }

    public void Heal() => Volatile.Write(ref _refused, null);

    public Task<QueueAnswer> AppendAsync(string name, QueueEntry entry, CancellationToken cancellationToken) => queue.AppendAsync(name, entry, cancellationToken);

    public Task<IReadOnlyList<QueuedEvent>> ReadAsync(string name, IReadOnlySet<long> except, int limit, long maxBytes, CancellationToken cancellationToken)
    {
        Pass();
        return queue.ReadAsync(name, except, limit, maxBytes, cancellationToken);
    }

    public Task RemoveAsync(string name, IReadOnlyCollection<long> positions, Lease? under, CancellationToken cancellationToken)
    {
        Pass();
        return queue.RemoveAsync(name, positions, under, cancellationToken);
    }

    public Task<QueueSize> MeasureAsync(string name, CancellationToken cancellationToken) => queue.MeasureAsync(name, cancellationToken);

    public Task<int> PruneEntriesAsync(string name, TimeSpan age, CancellationToken cancellationToken) => queue.PruneEntriesAsync(name, age, cancellationToken);

    public Task NextAddition(string name) => queue.NextAddition(name);

    private void Pass()
    {
        if (Volatile.Read(ref _refused) is { } refused)
        {
            refused.TrySetResult();
            throw new IOException("The queue is out of reach.");
        }
    }
}
