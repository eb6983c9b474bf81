namespace Flatfile.Agent.Core.Store;

/// <summary>Where a dead letter stands.</summary>
public enum DeadLetterState
{
    /// <summary>It waits for a person.</summary>
    Open,

    /// <summary>Its replay is asked for and not settled yet.</summary>
    Asked,

    /// <summary>Its replay was settled; one that failed again is a letter of its own.</summary>
    Replayed,

    /// <summary>A person gave it up for good.</summary>
    Dropped,
}
