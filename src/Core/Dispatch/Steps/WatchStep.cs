using Flatfile.Agent.Core.Jobs;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Dispatch.Steps;

/// <summary>Tells a running job at once that it was cancelled or deleted, before its event waits in any lane.</summary>
internal sealed class WatchStep(RunningJobs jobs) : IEventStep
{
    public string Name => "Watch";

    public Task RunAsync(EventReceipt receipt, EventStepNext next, CancellationToken cancellationToken)
    {
        var @event = receipt.Event;
        if (@event.Context.JobId is { } jobId
            && (@event.Topic == Topics.JobDeleted || (@event.Topic == Topics.JobUpdated && @event.PayloadText("status") == JobStatus.Canceled)))
        {
            jobs.Cancel(jobId);
        }

        return next(receipt, cancellationToken);
    }
}
