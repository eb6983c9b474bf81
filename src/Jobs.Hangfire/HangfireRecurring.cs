using Flatfile.Agent.Core.Jobs.Recurring;
using Hangfire;
using Hangfire.Storage;

namespace Flatfile.Agent.Jobs.Hangfire;

/// <summary>Recurring work as recurring jobs of Hangfire, which the dashboard shows.</summary>
internal sealed class HangfireRecurring(HangfireStore store)
{
    /// <summary>Work that is paused stays visible, and can be started there by hand; its next time never comes.</summary>
    public void Set(IReadOnlyList<RecurringEntry> entries)
    {
        var storage = store.Open();
        var manager = new RecurringJobManager(storage, store.Filters);
        using var connection = storage.GetConnection();
        foreach (var old in connection.GetAllItemsFromSet("recurring-jobs").Except(entries.Select(e => e.Id), StringComparer.Ordinal).ToList())
        {
            manager.RemoveIfExists(old);
        }

        foreach (var entry in entries)
        {
            manager.AddOrUpdate(
                entry.Id,
                RecurringWork.DueRowOf(entry.Id),
                entry.Paused ? Cron.Never() : entry.Cron,
                new RecurringJobOptions { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(entry.TimeZone), MisfireHandling = MisfireHandlingMode.Relaxed });
        }
    }
}
