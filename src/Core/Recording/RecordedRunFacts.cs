namespace Flatfile.Agent.Core.Recording;

/// <summary>Which run a recording is of: its first line.</summary>
/// <param name="Event">The event as received.</param>
/// <param name="HandlerId">The handler.</param>
/// <param name="Plugin">Where the handler comes from.</param>
/// <param name="Version">The plugin's version, when it is known.</param>
/// <param name="JobId">The job; null for an event handler.</param>
/// <param name="Attempt">1 on the first try.</param>
/// <param name="Checkpoint">What the handler found saved, as JSON; null when nothing was.</param>
/// <param name="At">When it began.</param>
public sealed record RecordedRunFacts(
    FlatfileEvent Event, string HandlerId, string Plugin, string? Version, string? JobId, int Attempt, ReadOnlyMemory<byte>? Checkpoint, DateTimeOffset At)
{
    /// <summary>The part of a split job it worked on; null for a whole one.</summary>
    public JobPart? Part { get; init; }
}
