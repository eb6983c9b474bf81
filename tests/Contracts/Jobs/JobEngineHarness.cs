using Flatfile.Agent.Core.Jobs;

namespace Contracts.Jobs;

/// <summary>What the contract needs of an engine's surroundings: a store that outlives engines.</summary>
public abstract class JobEngineHarness : IAsyncDisposable
{
    /// <summary>Runs beside each other.</summary>
    public const int MaxConcurrentJobs = 4;

    /// <summary>An engine as after a start of the process, not started yet.</summary>
    public abstract Task<IJobEngine> CreateEngineAsync(IJobRunner runner);

    /// <summary>Ends an engine as a killed process would: its store stands as it is at this moment.</summary>
    public abstract Task KillAsync(IJobEngine engine);

    public abstract ValueTask DisposeAsync();
}
