namespace Flatfile.Agent.Core.Drivers.SpacesStream;

/// <summary>What stands between two empty lines of a stream.</summary>
/// <param name="Id">The place in the server's log; null when it says none.</param>
/// <param name="Data">The event; null for a mere sign of life.</param>
/// <param name="IsCut">True when the event was too large and only its beginning is here.</param>
internal sealed record ServerSentBlock(string? Id, byte[]? Data, bool IsCut);
