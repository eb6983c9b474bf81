namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>The file cannot be read as delimited text. The message says what is wrong, where, and what to do.</summary>
internal sealed class UnreadableFileException(string message, Exception? inner = null) : Exception(message, inner);
