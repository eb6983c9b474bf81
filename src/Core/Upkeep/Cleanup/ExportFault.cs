namespace Flatfile.Agent.Core.Upkeep.Cleanup;

/// <summary>An export that is not whole or not what the server has. The space stays.</summary>
internal sealed class ExportFault(string message, Exception? inner = null) : Exception(message, inner);
