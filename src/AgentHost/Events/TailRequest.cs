namespace Flatfile.Agent.Host.Events;

/// <summary>Which events are followed and how they are shown.</summary>
/// <param name="Topics">Globs; all when there are none.</param>
/// <param name="SpaceId">One space; null for all.</param>
/// <param name="Since">An event's id or a time, as given; null for what comes from now on.</param>
/// <param name="Json">JSON lines instead of text.</param>
/// <param name="Save">A file to write the events to; null for none.</param>
internal sealed record TailRequest(IReadOnlyList<string> Topics, string? SpaceId, string? Since, bool Json, string? Save);
