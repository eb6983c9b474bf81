using Flatfile.Agent.Core.Jobs.Recurring;
using Quartz;

namespace Flatfile.Agent.Jobs.Quartz.Recurring;

/// <summary>Keeps the triggers of recurring work as they are wished.</summary>
internal static class RecurringTriggers
{
    public static async Task SetAsync(IScheduler scheduler, IReadOnlyList<RecurringEntry> entries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var active = entries.Where(e => !e.Paused).ToDictionary(e => e.Id, StringComparer.Ordinal);
        var stored = await scheduler.QueryTriggers(new TriggerQuery { Job = RecurringJob.Key }, cancellationToken).ConfigureAwait(false);
        foreach (var trigger in stored.Items.Where(t => t.Key.Group == RecurringTrigger.Group && !active.ContainsKey(t.Key.Name)))
        {
            await scheduler.UnscheduleJob(trigger.Key, cancellationToken).ConfigureAwait(false);
        }

        foreach (var entry in active.Values)
        {
            // One that is unchanged may be overdue: replaced, the time that came meanwhile would never be told.
            var old = await scheduler.GetTrigger(RecurringTrigger.KeyOf(entry.Id), cancellationToken).ConfigureAwait(false);
            var unchanged = old is not null && RecurringTrigger.Read(old.JobDataMap) == entry;
            if (RecurringTrigger.Next(entry, now) is { } next)
            {
                await scheduler.ScheduleTrigger(next, unchanged ? TriggerConflict.Keep : TriggerConflict.Replace, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
