using System.Text.Json;
using Flatfile.Agent.Core.Jobs.Paging;
using Flatfile.Agent.Core.Jobs.Splitting;
using Flatfile.Agent.Core.Progress;
using Flatfile.Agent.Core.Recording;
using Flatfile.Api;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Offline;

/// <summary>The context of a job handler in a replay: the recorded run's, with a checkpoint kept in memory.</summary>
internal sealed class OfflineJobContext : JobContext
{
    private readonly RecordedRunFacts _facts;
    private readonly OfflineWay _way;
    private readonly Func<FlatfileClient> _client;
    private readonly OfflineMemory _memory = new();
    private readonly ProgressStep _whole;
    private ReadOnlyMemory<byte>? _checkpoint;

    public OfflineJobContext(RecordedRunFacts facts, OfflineWay way, Func<FlatfileClient> client)
    {
        _facts = facts;
        _way = way;
        _client = client;
        _checkpoint = facts.Checkpoint;
        _whole = new ProgressStep((percent, info) => way.Add(new OfflineStep.Reported(percent, info)));
        Logger = new OfflineLog(way);
    }

    public override string JobId => _facts.JobId ?? _facts.Event.Context.JobId ?? string.Empty;

    public override FlatfileEvent Event => _facts.Event;

    public override int Attempt => _facts.Attempt;

    public override JobPart? Part => _facts.Part;

    public override ILogger Logger { get; }

    public override CancellationToken Stopping => CancellationToken.None;

    public override void Report(double percent, string? info = null) => _way.Add(new OfflineStep.Reported(percent, info));

    public override JobStep Step(string name, double share) => _whole.Step(name, share);

    public override Task<T?> ResumeAsync<T>(CancellationToken cancellationToken)
        where T : default => Task.FromResult(_checkpoint is { } state ? JsonSerializer.Deserialize<T>(state.Span) : default);

    public override Task CheckpointAsync<T>(T state, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(state);
        _checkpoint = json;
        _way.Add(new OfflineStep.Saved(System.Text.Encoding.UTF8.GetString(json)));
        return Task.CompletedTask;
    }

    public override Task<long> ForEachPageAsync(SheetQuery query, Func<SheetPage, CancellationToken, Task> handle, CancellationToken cancellationToken) =>
        new SheetPaging(JobId, _client(), _memory).RunAsync(query, handle, cancellationToken);

    /// <summary>Goes on when the recorded answers say that the parts have ended; else the replay ends here, as the recorded run did.</summary>
    public override async Task<IReadOnlyList<JobPartResult>> SplitAsync(IReadOnlyList<JobPartPlan> parts, CancellationToken cancellationToken)
    {
        var states = await new JobSplitting(JobId, Part?.ParentId, _client(), _memory).SplitAsync(parts, cancellationToken).ConfigureAwait(false);
        return states.HaveEnded ? states.Results : throw new OperationCanceledException("The job was split; the recorded run ended here.");
    }
}
