namespace Flatfile.Agent.Core.Dispatch;

/// <summary>The event behind a claim is nowhere. It may come yet, so its message is tried again before it is given up.</summary>
internal sealed class ClaimNotFoundException(string id, Exception? inner = null) : Exception(
    $"Event {id} travels by claim check, and its payload is neither in this agent's store nor at Flatfile. Let the agents share the store of the bridge, or keep it for longer (Agent:InboxWindow).",
    inner);
