namespace Flatfile.Spaces.Events;

/// <summary>An event as it waits in its space.</summary>
internal sealed record OutboxEvent(long Sequence, string Topic, string Domain, string CreatedAt, byte[] Body);
