namespace Flatfile.Agent;

/// <summary>What happens to a slot that comes while the run before still goes on. Two runs never go on beside each other.</summary>
public enum RecurringOverlap
{
    /// <summary>The slot is let go.</summary>
    Skip,

    /// <summary>The slot waits for the end of the run. One waits at most: a later one takes its place.</summary>
    Queue,

    /// <summary>The run is told to end, and the slot runs as soon as it has.</summary>
    Replace,
}
