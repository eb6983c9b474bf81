namespace Flatfile.Agent.Core.Dispatch.Replaying;

/// <summary>A changed event cannot be sent in place of a dead letter's; the message says why and what to do.</summary>
public sealed class EditedEventException(string message, Exception? inner = null) : Exception(message, inner);
