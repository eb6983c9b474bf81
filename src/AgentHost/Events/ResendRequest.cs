namespace Flatfile.Agent.Host.Events;

/// <summary>Which events are sent again, and to whom.</summary>
/// <param name="File">A file of events; null when they come from Spaces.</param>
/// <param name="From">The first event of Spaces.</param>
/// <param name="To">The last one.</param>
/// <param name="HandlerId">To this handler only; null for all.</param>
/// <param name="Again">Also when the handler had it.</param>
/// <param name="DryRun">Say only what would happen.</param>
internal sealed record ResendRequest(string? File, string? From, string? To, string? HandlerId, bool Again, bool DryRun);
