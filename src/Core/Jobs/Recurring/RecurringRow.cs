namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>What the store knows of a piece of recurring work.</summary>
/// <param name="Id">Which.</param>
/// <param name="Schedule">The expression and zone the next slot was computed for.</param>
/// <param name="LastSlot">The latest slot that was decided, run or not.</param>
/// <param name="NextSlot">The next one to decide; null when there is none.</param>
/// <param name="Paused">By an operator.</param>
internal sealed record RecurringRow(string Id, string Schedule, DateTimeOffset? LastSlot, DateTimeOffset? NextSlot, bool Paused);
