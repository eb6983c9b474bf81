namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>A piece of recurring work with the settings that hold for it.</summary>
internal sealed record RecurringWork(RecurringBinding Binding, RecurringSchedule? Schedule, RecurringOverlap Overlap, RecurringMisfire Misfire, TimeSpan? Timeout, bool? SetPaused)
{
    public string Id => Binding.Id;

    /// <summary>What the stored next slot must have been computed for.</summary>
    public string ScheduleText => Schedule?.ToString() ?? "";

    /// <summary>The settings have the last word.</summary>
    public bool IsPaused(bool byOperator) => SetPaused ?? byOperator;

    /// <summary>As people and other clocks know it.</summary>
    /// <param name="byOperator">Whether an operator paused it.</param>
    public RecurringEntry ToEntry(bool byOperator) => new(Id, Schedule?.Cron ?? "", Schedule?.TimeZone ?? "UTC", IsPaused(byOperator));

    public static RecurringWork Of(RecurringBinding binding, RecurringOptions? settings) => new(
        binding,
        (settings?.Cron ?? binding.Schedule?.Cron) is { } cron ? RecurringSchedule.Parse(cron, settings?.TimeZone ?? binding.Schedule?.TimeZone ?? "UTC") : null,
        settings?.Overlap ?? binding.Overlap,
        settings?.Misfire ?? binding.Misfire,
        settings?.Timeout ?? binding.Timeout,
        settings?.Paused);
}
