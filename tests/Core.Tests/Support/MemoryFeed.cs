using System.Text;
using Flatfile.Agent.Core.Drivers.InProcess;

namespace Core.Tests.Support;

/// <summary>A feed that outlives drivers, as Spaces' event log does.</summary>
internal sealed class MemoryFeed : IEventFeed
{
    private readonly Lock _lock = new();
    private readonly List<FeedEvent> _events = [];
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TaskCompletionSource? _refused;

    /// <summary>The furthest position asked for.</summary>
    public long ReadUpTo { get; private set; }

    /// <summary>All that was ever published.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _events.Count;
            }
        }
    }

    public void Publish(string json)
    {
        lock (_lock)
        {
            _events.Add(new FeedEvent(_events.Count + 1, Encoding.UTF8.GetBytes(json)));
            _grown.TrySetResult();
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Reading fails from now on; the task completes with the first failure.</summary>
    public Task Break()
    {
        lock (_lock)
        {
            _refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _grown.TrySetResult();
            return _refused.Task;
        }
    }

    public void Heal()
    {
        lock (_lock)
        {
            _refused = null;
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public Task<IReadOnlyList<FeedEvent>> ReadAfterAsync(long position, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_refused is not null)
            {
                _refused.TrySetResult();
                throw new IOException("The feed cannot be read.");
            }

            IReadOnlyList<FeedEvent> page = [.. _events.Where(e => e.Position > position).Take(limit)];
            ReadUpTo = Math.Max(ReadUpTo, page.Count == 0 ? position : page[^1].Position);
            return Task.FromResult(page);
        }
    }

    public Task WaitAsync(long position, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _events.Count > position ? Task.CompletedTask : _grown.Task.WaitAsync(cancellationToken);
        }
    }
}
