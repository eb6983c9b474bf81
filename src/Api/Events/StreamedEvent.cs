namespace Flatfile.Api;

/// <summary>An event of a stream.</summary>
/// <param name="Id">Its place in the server's log: <see cref="EventStreamQuery.LastEventId"/> of a stream that is to go on behind it.</param>
/// <param name="Event">The event.</param>
public sealed record StreamedEvent(string Id, Event Event);
