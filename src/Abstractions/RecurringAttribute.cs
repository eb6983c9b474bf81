namespace Flatfile.Agent;

/// <summary>Says when an <see cref="IRecurringHandler"/> runs. The settings <c>Agent:Recurring:&lt;id&gt;</c> win.</summary>
/// <param name="cron">Five fields: minute, hour, day of month, month, day of week; or six with the second before them.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RecurringAttribute(string cron) : Attribute
{
    /// <summary>When.</summary>
    public string Cron { get; } = cron;

    /// <summary>What settings, commands and the store call it; by default <c>plugin/class</c>.</summary>
    public string? Id { get; init; }

    /// <summary>The time zone the cron expression is meant in, such as <c>Europe/Berlin</c>.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>What happens to a slot that comes while the run before still goes on.</summary>
    public RecurringOverlap Overlap { get; init; }

    /// <summary>What happens to slots that passed while no agent ran.</summary>
    public RecurringMisfire Misfire { get; init; }

    /// <summary>The longest one run may take, such as <c>01:00:00</c>; then its token fires.</summary>
    public string? Timeout { get; init; }
}
