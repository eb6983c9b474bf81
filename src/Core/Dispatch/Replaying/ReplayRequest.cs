using Flatfile.Agent.Core.Store;

namespace Flatfile.Agent.Core.Dispatch.Replaying;

/// <summary>Which dead letters are to be replayed, and how.</summary>
/// <param name="Filter">Which are meant; only open ones among them are replayed.</param>
public sealed record ReplayRequest(DeadLetterFilter Filter)
{
    /// <summary>The event to send instead, for one letter.</summary>
    public ReadOnlyMemory<byte>? Edited { get; init; }

    /// <summary>Says what would happen and changes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>At most so many, the oldest first.</summary>
    public int Limit { get; init; } = DeadLetterReplay.MostAtOnce;

    /// <summary>False where the handlers are not loaded: whether a letter can run is then seen by the agent that runs it.</summary>
    public bool HandlersAreKnown { get; init; } = true;
}
