using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>
/// Counts handlers that go on although they were told to end. Nothing in .NET ends their threads but the end of the process, so when there
/// are too many the process goes down in order and asks to be started anew.
/// </summary>
internal sealed partial class StuckHandlers(AgentExit exit, AgentMetrics metrics, IOptions<AgentOptions> options, ILogger<StuckHandlers> log)
{
    private int _count;

    /// <summary>Those that go on now.</summary>
    public int Count => Volatile.Read(ref _count);

    public void Add(string handlerId, Task running)
    {
        metrics.HandlerStuck(handlerId, 1);
        var count = Interlocked.Increment(ref _count);
        running.ContinueWith(
            _ =>
            {
                Interlocked.Decrement(ref _count);
                metrics.HandlerStuck(handlerId, -1);
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (count >= options.Value.Events.MaxStuckHandlers)
        {
            TooMany(log, count, handlerId);
            exit.AskForRestart();
        }
    }
}
