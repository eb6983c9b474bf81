namespace Flatfile.Agent.Core.Dispatch.Resending;

/// <summary>An event cannot be sent again as asked: what, why, what to do.</summary>
public sealed class ResendRefusedException(string message) : Exception(message);
