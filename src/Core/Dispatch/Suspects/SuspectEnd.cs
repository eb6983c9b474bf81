namespace Flatfile.Agent.Core.Dispatch.Suspects;

/// <summary>How a try in another process ended.</summary>
internal abstract record SuspectEnd
{
    private SuspectEnd()
    {
    }

    /// <summary>The handler returned.</summary>
    public sealed record Done : SuspectEnd;

    /// <summary>The handler threw.</summary>
    public sealed record Failed(SuspectFault Fault) : SuspectEnd;

    /// <summary>The process died of it.</summary>
    /// <param name="ExitCode">As the system tells it.</param>
    /// <param name="LastWords">What it wrote before, for people.</param>
    public sealed record Died(int ExitCode, string LastWords) : SuspectEnd;

    /// <summary>The process could not be had; the handler was not begun.</summary>
    public sealed record NotRun(string Reason) : SuspectEnd;
}
