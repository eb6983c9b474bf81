using Flatfile.Agent.Core.Jobs;
using Quartz;
using Quartz.Extensibility;

namespace Flatfile.Agent.Jobs.Quartz;

/// <summary>Makes the one job there is, whatever type name a row of the store may claim.</summary>
internal sealed class TicketJobFactory(IJobRunner runner) : IJobFactory
{
    public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new JobScope(new TicketJob(runner)));

    public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}
