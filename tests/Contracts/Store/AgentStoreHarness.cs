using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;

namespace Contracts.Store;

/// <summary>One empty store, and the agents that work on it.</summary>
public abstract class AgentStoreHarness : IAsyncDisposable
{
    /// <summary>Opens the store for an agent and enters it. Where a store is for one agent, the same one is returned again.</summary>
    internal abstract Task<StoreNode> NodeAsync();

    public abstract ValueTask DisposeAsync();
}
