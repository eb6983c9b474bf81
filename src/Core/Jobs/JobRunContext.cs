using System.Text.Json;
using Flatfile.Agent.Core.Failing;
using Flatfile.Agent.Core.Jobs.Paging;
using Flatfile.Agent.Core.Jobs.Splitting;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Progress;
using Flatfile.Api;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>The context of one run.</summary>
internal sealed class JobRunContext : JobContext
{
    private readonly Job _job;
    private readonly ITicketStore _tickets;
    private readonly RunControl _run;
    private readonly Func<FlatfileClient> _client;
    private readonly ProgressStep _whole;

    public JobRunContext(
        Job job, FlatfileEvent @event, ProgressBuffer progress, ITicketStore tickets, RunControl run, ILogger logger, CancellationToken stopping, Func<FlatfileClient> client)
    {
        _job = job;
        _tickets = tickets;
        _run = run;
        _client = client;
        _whole = new ProgressStep((percent, info) =>
        {
            run.SignOfLife();
            progress.Report(percent, info);
        });
        Event = @event;
        Logger = logger;
        Stopping = stopping;
        Part = JobParts.Of(job);
    }

    public override string JobId => Ticket.JobId;

    public override FlatfileEvent Event { get; }

    public override int Attempt => Ticket.Attempt;

    public override JobPart? Part { get; }

    public override ILogger Logger { get; }

    public override CancellationToken Stopping { get; }

    private JobTicket Ticket => _run.Lease.Ticket;

    public override void Report(double percent, string? info = null) => _whole.Report(percent, info);

    public override JobStep Step(string name, double share) => _whole.Step(name, share);

    public override async Task<T?> ResumeAsync<T>(CancellationToken cancellationToken)
        where T : default
    {
        var state = await _tickets.LoadCheckpointAsync(Ticket.Id, cancellationToken).ConfigureAwait(false);
        return state is null ? default : JsonSerializer.Deserialize<T>(state, PluginJson.For(typeof(T)));
    }

    public override async Task CheckpointAsync<T>(T state, CancellationToken cancellationToken)
    {
        FailPoint.Hit(FailPoints.BeforeCheckpoint);
        var json = JsonSerializer.SerializeToUtf8Bytes(state, PluginJson.For(typeof(T)));
        if (!await _tickets.SaveCheckpointAsync(Ticket.Id, Ticket.Lease, json, cancellationToken).ConfigureAwait(false))
        {
            _run.End(RunEndCause.LeaseLost);
            throw new LeaseLostException(Ticket.Id);
        }

        FailPoint.Hit(FailPoints.AfterCheckpoint);
        _run.Saved();
    }

    public override Task<long> ForEachPageAsync(SheetQuery query, Func<SheetPage, CancellationToken, Task> handle, CancellationToken cancellationToken) =>
        new SheetPaging(JobId, _client(), _run.Memory).RunAsync(query, handle, cancellationToken);

    public override async Task<IReadOnlyList<JobPartResult>> SplitAsync(IReadOnlyList<JobPartPlan> parts, CancellationToken cancellationToken)
    {
        var states = await new JobSplitting(_job.Id, _job.ParentId, _client(), _run.Memory).SplitAsync(parts, cancellationToken).ConfigureAwait(false);
        if (states.HaveEnded)
        {
            return states.Results;
        }

        _run.End(RunEndCause.Split);
        throw new OperationCanceledException("The job was split; this run ends, and another goes on when the parts have ended.", _run.Token);
    }
}
