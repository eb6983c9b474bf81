namespace Flatfile.Agent.Core.Store;

/// <summary>The answer to a claim of one handler on one event.</summary>
/// <param name="Answer">Whether it may begin.</param>
/// <param name="Deaths">Claims before this one that did not end in order: an agent died with the event in hand, for whatever reason.</param>
/// <param name="Proven">Deaths that this handler on this event is known to have caused.</param>
internal readonly record struct InboxClaim(InboxAnswer Answer, int Deaths = 0, int Proven = 0);
