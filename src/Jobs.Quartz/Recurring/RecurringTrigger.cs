using Flatfile.Agent.Core.Jobs.Recurring;
using Quartz;
using CronExpression = Cronos.CronExpression;
using CronFormat = Cronos.CronFormat;

namespace Flatfile.Agent.Jobs.Quartz.Recurring;

/// <summary>The next time of recurring work as a one-shot trigger.</summary>
/// <remarks>Quartz's own cron triggers read other fields than the rest of the world writes; so each time is worked out here when the one before it has come.</remarks>
internal static class RecurringTrigger
{
    /// <summary>The group of these triggers.</summary>
    public const string Group = "recurring";

    private const string Id = "recurring";
    private const string Cron = "cron";
    private const string Zone = "zone";

    public static TriggerKey KeyOf(string recurringId) => new(recurringId, Group);

    /// <summary>Null when it never comes again.</summary>
    public static ITrigger? Next(RecurringEntry entry, DateTimeOffset after)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(entry.TimeZone);
        return Parse(entry.Cron).GetNextOccurrence(after, zone) is not { } due
            ? null
            : TriggerBuilder.Create()
                .WithIdentity(KeyOf(entry.Id))
                .ForJob(RecurringJob.Key)
                .UsingJobData(Id, entry.Id)
                .UsingJobData(Cron, entry.Cron)
                .UsingJobData(Zone, entry.TimeZone)
                .StartAt(due)
                .WithSchedule(SimpleScheduleBuilder.Create().WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires))
                .Build();
    }

    /// <summary>What a trigger was made of; null when it is none of these.</summary>
    public static RecurringEntry? Read(JobDataMap data) =>
        Text(data, Id) is { } id && Text(data, Cron) is { } cron && Text(data, Zone) is { } zone ? new RecurringEntry(id, cron, zone, Paused: false) : null;

    private static CronExpression Parse(string cron) =>
        CronExpression.Parse(cron, cron.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);

    private static string? Text(JobDataMap data, string name) => data.TryGetString(name, out var value) ? value : null;
}
