namespace Flatfile.Agent.Core.Recording;

/// <summary>A file is no recording, or one this version cannot read.</summary>
public sealed class UnreadableRecordingException(string message, Exception? inner = null) : Exception(message, inner);
