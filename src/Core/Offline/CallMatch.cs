namespace Flatfile.Agent.Core.Offline;

/// <summary>How a call of a replay stands to the recording.</summary>
public enum CallMatch
{
    /// <summary>Recorded, and what it sends is the same.</summary>
    Same,

    /// <summary>Recorded, but it sends something else now.</summary>
    Differs,

    /// <summary>A read made more often than it was recorded; it got the last answer again.</summary>
    Again,

    /// <summary>A write that was not recorded; it was not sent, and got an answer that says no more than success.</summary>
    New,

    /// <summary>A read that was not recorded: it failed, as nobody knows the answer.</summary>
    Missing,
}
