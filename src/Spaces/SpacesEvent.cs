namespace Flatfile.Spaces;

/// <summary>One event of the log.</summary>
/// <param name="Position">Grows with every event of all spaces; the place to read on from.</param>
/// <param name="Body">The event as JSON in UTF-8, as <c>GET /v1/events/{id}</c> answers it.</param>
public readonly record struct SpacesEvent(long Position, ReadOnlyMemory<byte> Body);
