namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>When and how one piece of recurring work runs, section <c>Agent:Recurring:&lt;id&gt;</c>. What is set here wins over what the work says of itself.</summary>
public sealed class RecurringOptions
{
    /// <summary>Five fields, or six with seconds.</summary>
    public string? Cron { get; set; }

    /// <summary>The zone the expression is meant in, such as <c>Europe/Berlin</c>.</summary>
    public string? TimeZone { get; set; }

    /// <summary>True so that no slot is run, false so that slots are run whatever an operator said.</summary>
    public bool? Paused { get; set; }

    /// <summary>What happens to a slot that comes while the run before still goes on.</summary>
    public RecurringOverlap? Overlap { get; set; }

    /// <summary>What happens to slots that passed while no agent ran.</summary>
    public RecurringMisfire? Misfire { get; set; }

    /// <summary>The longest one run may take.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>What cannot be used, a sentence each.</summary>
    internal IEnumerable<string> Faults(string name)
    {
        if (Timeout is { } timeout && timeout <= TimeSpan.Zero)
        {
            yield return $"{name}:Timeout is {timeout}. Set it to more than zero, such as 01:00:00.";
        }

        string? fault = null;
        try
        {
            RecurringSchedule.Parse(Cron ?? "0 0 * * *", TimeZone ?? "UTC");
        }
        catch (FormatException found)
        {
            fault = found.Message;
        }

        if (fault is not null)
        {
            yield return $"{name}: {fault}";
        }
    }
}
