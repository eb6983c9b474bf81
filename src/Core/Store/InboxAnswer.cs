namespace Flatfile.Agent.Core.Store;

/// <summary>Whether a handler may begin on an event.</summary>
internal enum InboxAnswer
{
    /// <summary>It is this agent's.</summary>
    Claimed,

    /// <summary>Nothing is left to do.</summary>
    Done,

    /// <summary>Another agent that lives has it in hand.</summary>
    Elsewhere,
}
