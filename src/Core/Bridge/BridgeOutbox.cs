using Flatfile.Agent.Core.Store;

namespace Flatfile.Agent.Core.Bridge;

/// <summary>What was received and is not on the bus yet, durable and with a limit. Only the holder of the lease writes to it, so it knows its size.</summary>
internal sealed class BridgeOutbox(IEventQueue queue, Lease lease, BridgeOptions settings)
{
    /// <summary>Its name among the queues.</summary>
    public const string QueueName = "bridge";

    private static readonly HashSet<long> None = [];

    private readonly Lock _lock = new();
    private QueueSize _size;
    private TaskCompletionSource _shrunk = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the next entry.</summary>
    public Task NextAddition => queue.NextAddition(QueueName);

    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var size = await queue.MeasureAsync(QueueName, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            _size = size;
        }
    }

    public bool HasRoom(QueueSize addition)
    {
        lock (_lock)
        {
            var sum = _size + addition;
            return sum.Events <= settings.MaxOutboxEvents && sum.Bytes <= settings.MaxOutboxBytes;
        }
    }

    /// <summary>Returns when an event fits. An empty outbox takes any, however large it is.</summary>
    public async Task WaitForRoomAsync(QueueSize addition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task shrunk;
            lock (_lock)
            {
                if (_size.Events == 0 || HasRoom(addition))
                {
                    return;
                }

                shrunk = _shrunk.Task;
            }

            await shrunk.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Durable when it returns. What was begun is finished, whatever stops meanwhile.</summary>
    public async Task AppendAsync(QueueEntry entry)
    {
        var answer = await queue.AppendAsync(QueueName, entry with { Under = lease }, CancellationToken.None).ConfigureAwait(false);
        lock (_lock)
        {
            _size += answer.Size;
        }
    }

    public Task<IReadOnlyList<QueuedEvent>> ReadAsync(long maxBytes, CancellationToken cancellationToken) =>
        queue.ReadAsync(QueueName, None, settings.BatchSize, maxBytes, cancellationToken);

    public async Task RemoveAsync(IReadOnlyList<QueuedEvent> events)
    {
        await queue.RemoveAsync(QueueName, [.. events.Select(e => e.Position)], lease, CancellationToken.None).ConfigureAwait(false);
        lock (_lock)
        {
            _size -= new QueueSize(events.Count, events.Sum(e => (long)e.Body.Length));
            _shrunk.SetResult();
            _shrunk = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
