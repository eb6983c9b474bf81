using System.Text;
using Flatfile.Agent.Core.Drivers.InProcess;

namespace Benchmarks;

/// <summary>A feed in memory, filled before or while it is read.</summary>
internal sealed class BenchFeed : IEventFeed
{
    private readonly Lock _lock = new();
    private readonly List<FeedEvent> _events = [];
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Publish(string json)
    {
        lock (_lock)
        {
            _events.Add(new FeedEvent(_events.Count + 1, Encoding.UTF8.GetBytes(json)));
            _grown.TrySetResult();
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public Task<IReadOnlyList<FeedEvent>> ReadAfterAsync(long position, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<FeedEvent>>(_events.GetRange((int)position, Math.Min(limit, _events.Count - (int)position)));
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
