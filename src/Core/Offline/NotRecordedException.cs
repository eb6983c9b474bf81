namespace Flatfile.Agent.Core.Offline;

/// <summary>A replay cannot answer a call: what, why, what to do.</summary>
public sealed class NotRecordedException(string message) : Exception(message);
