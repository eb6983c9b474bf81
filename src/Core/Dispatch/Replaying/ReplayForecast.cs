namespace Flatfile.Agent.Core.Dispatch.Replaying;

/// <summary>What the replay of one dead letter would do now.</summary>
/// <param name="Id">The letter.</param>
/// <param name="Way">How it is replayed.</param>
/// <param name="HandlerId">The handler that gave up; null when no handler saw the event.</param>
/// <param name="IsLoaded">Whether a loaded plugin has the handler; null when none is named.</param>
/// <param name="VersionThen">The version that gave up.</param>
/// <param name="VersionNow">The version that would run.</param>
/// <param name="Matches">Whether the binding in force matches the event; null when it cannot be asked.</param>
/// <param name="WhyNot">Why it would not run; null when it would.</param>
public sealed record ReplayForecast(
    long Id, ReplayWay Way, string? HandlerId, bool? IsLoaded, string? VersionThen, string? VersionNow, bool? Matches, string? WhyNot);
