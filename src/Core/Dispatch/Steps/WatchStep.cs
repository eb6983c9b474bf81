using Flatfile.Agent.Core.Jobs;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Dispatch.Steps;

/// <summary>Tells a job at once that it was cancelled or deleted, or that its parts have ended, before the event waits in any lane.</summary>
internal sealed class WatchStep(RunningJobs jobs, ITicketStore tickets, TicketArming arming) : IEventStep
{
    public string Name => "Watch";

    private static RunEndCause? Cause(FlatfileEvent @event) => @event.Topic switch
    {
        Topics.JobDeleted => RunEndCause.Gone,
        Topics.JobPartsCompleted => RunEndCause.Split,
        Topics.JobUpdated when @event.PayloadText("status") == JobStatus.Canceled => RunEndCause.Canceled,
        _ => null,
    };


    public async Task RunAsync(EventReceipt receipt, EventStepNext next, CancellationToken cancellationToken)
    {
        var @event = receipt.Event;
        if (@event.Context.JobId is { } jobId
            && Cause(@event) is { } cause && (cause == RunEndCause.Split || !jobs.End(jobId, cause)))
        {
            // It waits for its parts or its next run: it looks at once, and finds what happened.
            foreach (var ticket in await tickets.WakeAsync(jobId, cancellationToken).ConfigureAwait(false))
            {
                await arming.ArmAsync(ticket, null, cancellationToken).ConfigureAwait(false);
            }
        }

        await next(receipt, cancellationToken).ConfigureAwait(false);
    }
}
