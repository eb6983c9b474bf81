namespace Flatfile.Agent.Core.Store;

/// <summary>The agent's store does not answer, or takes no writes, for now. What was asked of it can be asked again.</summary>
internal sealed class StoreAwayException(string message, Exception inner) : IOException(message, inner);
