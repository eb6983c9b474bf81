namespace Flatfile.Agent.Core.Drivers.InProcess;

/// <summary>One event of a feed.</summary>
/// <param name="Position">Grows along the feed; an event keeps its position for ever.</param>
/// <param name="Body">The event as UTF-8 JSON; empty when there is none at this position and the feed only says how far it has looked.</param>
public sealed record FeedEvent(long Position, ReadOnlyMemory<byte> Body);
