using System.Text.Json;
using Flatfile.Agent.Core.Progress;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>The context of one run.</summary>
internal sealed class JobRunContext(
    JobTicket ticket, FlatfileEvent @event, ProgressBuffer progress, ITicketStore tickets, RunControl run, ILogger logger, CancellationToken stopping) : JobContext
{
    public override string JobId => ticket.JobId;

    public override FlatfileEvent Event { get; } = @event;

    public override int Attempt => ticket.Attempt;

    public override ILogger Logger { get; } = logger;

    public override CancellationToken Stopping { get; } = stopping;

    public override void Report(double percent, string? info = null) => progress.Report(percent, info);

    public override async Task<T?> LoadCheckpointAsync<T>(CancellationToken cancellationToken)
        where T : default
    {
        var state = await tickets.LoadCheckpointAsync(ticket.Id, cancellationToken).ConfigureAwait(false);
        return state is null ? default : JsonSerializer.Deserialize<T>(state);
    }

    public override async Task SaveCheckpointAsync<T>(T state, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(state);
        if (!await tickets.SaveCheckpointAsync(ticket.Id, ticket.Lease, json, cancellationToken).ConfigureAwait(false))
        {
            run.End(RunEndCause.LeaseLost);
            throw new LeaseLostException(ticket.Id);
        }
    }
}
