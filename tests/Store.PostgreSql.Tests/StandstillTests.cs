using Contracts.Services;
using Contracts.Support;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;
using Store.PostgreSql.Tests.Support;

namespace Store.PostgreSql.Tests;

/// <summary>An agent that is stopped where it stands, with a transaction open, as by a paused machine.</summary>
[Collection(PostgresCollection.Name)]
public sealed class StandstillTests(PostgresFixture fixture)
{
    [PostgresFact]
    [Trait("Row", "J-19")]
    public async Task Its_locks_are_taken_from_it_and_what_it_wanted_is_done_when_it_goes_on()
    {
        var database = await fixture.Cluster.CreateDatabaseAsync();
        await using var standing = PostgresNode.Database(fixture.Cluster.ConnectionString(database));
        await using var other = PostgresNode.Database(fixture.Cluster.ConnectionString(database));
        await standing.OpenAsync(CancellationToken.None);
        await other.OpenAsync(CancellationToken.None);
        var holds = new Signal("the locks to be taken");
        using var goOn = new ManualResetEventSlim();
        var held = standing.WriteAsync(
            "held",
            connection =>
            {
                connection.Run("INSERT INTO inbox(event_id, handler_id, starts) VALUES('us_evt_1', 'h', 0), ('us_evt_2', 'h', 0) ON CONFLICT DO NOTHING");
                holds.Set();
                goOn.Wait();
            },
            CancellationToken.None);
        await holds.WaitAsync();
        var inbox = new StoredInbox(other, new AgentOwner(), TimeProvider.System);

        await inbox.DoneAsync("us_evt_1", "h", CancellationToken.None);
        goOn.Set();
        await held;

        Assert.True((await inbox.FindAsync("us_evt_1", CancellationToken.None))["h"].Done);
        Assert.False((await inbox.FindAsync("us_evt_2", CancellationToken.None))["h"].Done);
    }
}
