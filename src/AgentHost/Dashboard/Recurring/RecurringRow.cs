namespace Flatfile.Agent.Host.Dashboard.Recurring;

/// <summary>One piece of recurring work.</summary>
/// <param name="Name">Unique among them.</param>
/// <param name="Schedule">For people: the cron expression with its time zone.</param>
/// <param name="NextAt">Null while it is paused.</param>
/// <param name="LastAt">When it ran last; null when it never did.</param>
/// <param name="LastOutcome">How that ended, one line; null when it never ran or runs now.</param>
/// <param name="IsPaused">True when its times pass.</param>
/// <param name="IsRunning">True while it runs at any agent.</param>
internal sealed record RecurringRow(string Name, string Schedule, DateTimeOffset? NextAt, DateTimeOffset? LastAt, string? LastOutcome, bool IsPaused, bool IsRunning);
