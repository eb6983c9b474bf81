using Contracts.Store;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Store.PostgreSql;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Store.PostgreSql.Tests.Support;

/// <summary>An agent's view of a store in PostgreSQL.</summary>
internal static class PostgresNode
{
    public static PostgresAgentDatabase Database(string connectionString, TimeSpan? patience = null)
    {
        var options = new AgentOptions();
        options.Store.Kind = PostgresAgentDatabase.KindName;
        options.Store.ConnectionString = connectionString;
        options.Store.Patience = patience ?? TimeSpan.FromSeconds(15);
        return new PostgresAgentDatabase(Options.Create(options), TimeProvider.System, NullLogger<PostgresAgentDatabase>.Instance);
    }

    public static async Task<StoreNode> OpenAsync(string connectionString, NodeTimes? times = null, TimeSpan? patience = null)
    {
        var database = Database(connectionString, patience);
        await database.OpenAsync(CancellationToken.None);
        var owner = new AgentOwner();
        var node = new StoreNode(database, owner, new PostgresNodes(database, owner, times ?? new NodeTimes(), TimeProvider.System, NullLogger<PostgresNodes>.Instance));
        await node.Nodes.EnterAsync(CancellationToken.None);
        return node;
    }

    public static async Task CloseAsync(StoreNode node)
    {
        await node.Nodes.LeaveAsync();
        await node.Database.DisposeAsync();
    }
}
