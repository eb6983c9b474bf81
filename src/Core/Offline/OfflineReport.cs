using Flatfile.Agent.Core.Recording;

namespace Flatfile.Agent.Core.Offline;

/// <summary>How a replay went.</summary>
/// <param name="HandlerId">The handler that ran.</param>
/// <param name="Plugin">Where it came from.</param>
/// <param name="Version">Its version, when it is known.</param>
/// <param name="Steps">The way, in order.</param>
/// <param name="NotMade">Writes of the recording that were not made this time, as <c>PUT v1/…</c>.</param>
/// <param name="Outcome">A job's outcome as JSON.</param>
/// <param name="Fault">What the handler threw; null when it ended well.</param>
public sealed record OfflineReport(
    string HandlerId, string Plugin, string? Version, IReadOnlyList<OfflineStep> Steps, IReadOnlyList<string> NotMade, string? Outcome, RecordedFault? Fault)
{
    /// <summary>True when the handler returned, and a job did not fail.</summary>
    public bool EndedWell => Fault is null;

    /// <summary>True when it failed as it did when it was recorded.</summary>
    public bool IsFaultOf(RecordedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Fault is not null && Fault.Type == run.Fault?.Type && Fault.Message == run.Fault.Message;
    }
}
