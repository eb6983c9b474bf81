namespace Flatfile.Spaces;

/// <summary>Spaces cannot start: the message says what, why, and what to do.</summary>
public sealed class SpacesStartException(string message, Exception? innerException = null) : Exception(message, innerException);
