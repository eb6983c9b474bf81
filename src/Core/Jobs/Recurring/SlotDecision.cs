namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>What is to become of the slots that have come.</summary>
/// <param name="Id">The work.</param>
/// <param name="Expected">The next slot as it was read; another one means that somebody was faster.</param>
/// <param name="Slot">The latest slot that has come.</param>
/// <param name="Next">The one after it.</param>
/// <param name="Missed">Slots before it that nobody saw.</param>
/// <param name="Late">True when the slot itself passed unseen, so that the misfire policy decides.</param>
/// <param name="Overlap">What to do when a run goes on.</param>
/// <param name="Misfire">What to do with a late slot.</param>
/// <param name="IgnoresPause">True when the settings have it run whatever an operator said.</param>
/// <param name="Now">When it is decided.</param>
internal sealed record SlotDecision(
    string Id, DateTimeOffset Expected, DateTimeOffset Slot, DateTimeOffset? Next, long Missed, bool Late, RecurringOverlap Overlap, RecurringMisfire Misfire,
    bool IgnoresPause, DateTimeOffset Now);
