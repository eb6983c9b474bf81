using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Startup;

/// <summary>Takes the status of the agent in this process.</summary>
public sealed class AgentStatusSource
{
    private readonly IOptions<AgentOptions> _options;
    private readonly AgentDatabase _database;
    private readonly IDeadLetters _letters;
    private readonly EventPipeline _pipeline;
    private readonly RunningJobs _jobs;
    private readonly AgentMetrics _metrics;
    private readonly HandlerCatalogSource _catalogs;

    internal AgentStatusSource(
        IOptions<AgentOptions> options, AgentDatabase database, IDeadLetters letters, EventPipeline pipeline, RunningJobs jobs, AgentMetrics metrics, HandlerCatalogSource catalogs)
    {
        _options = options;
        _database = database;
        _letters = letters;
        _pipeline = pipeline;
        _jobs = jobs;
        _metrics = metrics;
        _catalogs = catalogs;
    }

    /// <summary>The status now.</summary>
    public async Task<AgentStatus> TakeAsync(CancellationToken cancellationToken) => new()
    {
        Driver = _options.Value.Driver,
        Engine = _options.Value.Engine,
        Store = _database.Kind,
        EventsInHand = _pipeline.InHandCount,
        RunningJobs = _jobs.Count,
        Unmatched = _metrics.UnmatchedCount,
        DeadLetters = await _letters.CountAsync(new DeadLetterFilter { States = [DeadLetterState.Open] }, cancellationToken).ConfigureAwait(false),
        ReplaysAsked = await _letters.CountAsync(new DeadLetterFilter { States = [DeadLetterState.Asked] }, cancellationToken).ConfigureAwait(false),
        Plugins = _catalogs.Current.Plugins,
    };
}
