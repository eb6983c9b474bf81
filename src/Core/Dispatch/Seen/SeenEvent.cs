namespace Flatfile.Agent.Core.Dispatch.Seen;

/// <summary>An event as it came to this agent.</summary>
/// <param name="At">When it was bound here.</param>
/// <param name="EventId">Its id.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="SpaceId">Its space, when it has one.</param>
/// <param name="Subject">The most particular thing it is about: job, file, sheet, workbook; null for the space itself.</param>
/// <param name="Handlers">Who gets it; none when nobody is bound to it.</param>
public sealed record SeenEvent(DateTimeOffset At, string EventId, string Topic, string? SpaceId, string? Subject, IReadOnlyList<string> Handlers);
