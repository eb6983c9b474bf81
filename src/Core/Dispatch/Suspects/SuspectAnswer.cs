namespace Flatfile.Agent.Core.Dispatch.Suspects;

/// <summary>What comes back from the other process.</summary>
internal sealed record SuspectAnswer
{
    /// <summary>True for the first answer, which says that requests may come.</summary>
    public bool IsReady { get; init; }

    /// <summary>What the handler threw; null when it returned.</summary>
    public SuspectFault? Fault { get; init; }

    /// <summary>Why the handler was not begun; null when it was.</summary>
    public string? NotRun { get; init; }
}
