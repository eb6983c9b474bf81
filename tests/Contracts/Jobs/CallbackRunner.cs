using Contracts.Support;
using Flatfile.Agent.Core.Jobs;

namespace Contracts.Jobs;

/// <summary>A runner that remembers what it was asked to run.</summary>
public sealed class CallbackRunner(Func<string, CancellationToken, Task>? run = null) : IJobRunner
{
    public Arrivals<string> Runs { get; } = new("runs");

    public Task RunAsync(string ticketId, CancellationToken cancellationToken)
    {
        Runs.Add(ticketId);
        return run?.Invoke(ticketId, cancellationToken) ?? Task.CompletedTask;
    }
}
