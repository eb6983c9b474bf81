using Contracts.Services;
using Contracts.Store;
using Store.PostgreSql.Tests.Support;

namespace Store.PostgreSql.Tests;

[Collection(PostgresCollection.Name)]
[NeedsPostgres]
public sealed class PostgresStoreContractTests(PostgresFixture fixture) : AgentStoreContract
{
    protected override async Task<AgentStoreHarness> CreateHarnessAsync() =>
        new PostgresHarness(fixture.Cluster.ConnectionString(await fixture.Cluster.CreateDatabaseAsync()));

    private sealed class PostgresHarness(string connectionString) : AgentStoreHarness
    {
        private readonly List<StoreNode> _nodes = [];

        internal override async Task<StoreNode> NodeAsync()
        {
            var node = await PostgresNode.OpenAsync(connectionString);
            _nodes.Add(node);
            return node;
        }

        public override async ValueTask DisposeAsync()
        {
            foreach (var node in _nodes)
            {
                await PostgresNode.CloseAsync(node);
            }
        }
    }
}
