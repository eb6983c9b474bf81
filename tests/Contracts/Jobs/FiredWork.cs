using Contracts.Support;
using Flatfile.Agent.Core.Jobs.Recurring;

namespace Contracts.Jobs;

/// <summary>Recurring work that remembers what it was told.</summary>
public sealed class FiredWork : IRecurringRunner
{
    public Arrivals<(string Id, FireCause Cause)> Fired { get; } = new("firings");

    public Task FireAsync(string recurringId, FireCause cause, CancellationToken cancellationToken)
    {
        Fired.Add((recurringId, cause));
        return Task.CompletedTask;
    }
}
