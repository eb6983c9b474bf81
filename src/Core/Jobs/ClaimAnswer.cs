namespace Flatfile.Agent.Core.Jobs;

/// <summary>Whether a ticket may run.</summary>
internal enum ClaimAnswer
{
    /// <summary>It is ours; the attempt is stored.</summary>
    Claimed,

    /// <summary>There is no such ticket.</summary>
    Missing,

    /// <summary>It has ended.</summary>
    Ended,

    /// <summary>Another run owns it.</summary>
    Running,

    /// <summary>An earlier ticket of its lane has not ended.</summary>
    NotFirst,

    /// <summary>Its time has not come.</summary>
    Early,
}
