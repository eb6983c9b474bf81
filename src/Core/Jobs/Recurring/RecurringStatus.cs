namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>One piece of recurring work as an operator sees it.</summary>
public sealed record RecurringStatus
{
    /// <summary>What it is called, and when it runs.</summary>
    public required RecurringEntry Entry { get; init; }

    /// <summary>The plugin or area it comes from.</summary>
    public required string Plugin { get; init; }

    /// <summary>The class.</summary>
    public required string Source { get; init; }

    /// <summary>What happens to a slot that comes while a run goes on.</summary>
    public required RecurringOverlap Overlap { get; init; }

    /// <summary>What happens to slots nobody saw.</summary>
    public required RecurringMisfire Misfire { get; init; }

    /// <summary>The latest slot that was decided.</summary>
    public DateTimeOffset? LastSlot { get; init; }

    /// <summary>The next slot; null when there is none, or while it is paused.</summary>
    public DateTimeOffset? NextSlot { get; init; }

    /// <summary>The run that goes on or waits, if any.</summary>
    public RecurringRun? Open { get; init; }

    /// <summary>The latest run that has ended, if any.</summary>
    public RecurringRun? Last { get; init; }
}
