using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Recurring;
using Quartz;

namespace Flatfile.Agent.Jobs.Quartz.Recurring;

/// <summary>Tells that recurring work is due, after the trigger of its next time was stored.</summary>
internal sealed class RecurringJob(EngineRuns runs, TimeProvider time) : IJob
{
    /// <summary>What the store keeps instead of a type name.</summary>
    public const string StoredName = "recurring";

    /// <summary>The one job that stands for all recurring work.</summary>
    public static readonly JobKey Key = new("recurring", QuartzSchedulers.Name);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        if (RecurringTrigger.Read(context.MergedJobDataMap) is not { } entry)
        {
            return;
        }

        // First, so that a crash in between leaves at least one of the two.
        if (RecurringTrigger.Next(entry, time.GetUtcNow()) is { } next)
        {
            await context.Scheduler.ScheduleTrigger(next, TriggerConflict.Replace, cancellationToken).ConfigureAwait(false);
        }

        await runs.FireAsync(entry.Id, FireCause.Due, cancellationToken).ConfigureAwait(false);
    }
}
