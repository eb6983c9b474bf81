using Contracts.Store;
using Contracts.Support;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;

namespace Core.Tests.Store;

public sealed class SqliteStoreContractTests : AgentStoreContract
{
    protected override Task<AgentStoreHarness> CreateHarnessAsync() => Task.FromResult<AgentStoreHarness>(new SqliteHarness());

    /// <summary>One file, so one agent: two of the contract's agents are the same.</summary>
    private sealed class SqliteHarness : AgentStoreHarness
    {
        private readonly TestFolder _folder = new();
        private StoreNode? _node;

        internal override async Task<StoreNode> NodeAsync()
        {
            if (_node is null)
            {
                var database = new SqliteAgentDatabase(_folder.Path);
                await database.OpenAsync(CancellationToken.None);
                var owner = new AgentOwner();
                _node = new StoreNode(database, owner, new OnlyNode(database, owner));
                await _node.Nodes.EnterAsync(CancellationToken.None);
            }

            return _node;
        }

        public override async ValueTask DisposeAsync()
        {
            if (_node is not null)
            {
                await _node.Database.DisposeAsync();
            }

            _folder.Dispose();
        }
    }
}
