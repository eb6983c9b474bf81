using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Jobs.Quartz.Recurring;
using Quartz;
using Quartz.Extensibility;

namespace Flatfile.Agent.Jobs.Quartz;

/// <summary>Makes one of the two jobs there are, whatever type name a row of the store may claim.</summary>
internal sealed class OwnJobFactory(EngineRuns runs, TimeProvider time) : IJobFactory
{
    public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new JobScope(bundle.JobDetail.Key.Equals(RecurringJob.Key) ? new RecurringJob(runs, time) : new TicketJob(runs)));

    public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}
