using System.Collections.Concurrent;
using Contracts.Services;
using Contracts.Support;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;
using Flatfile.Agent.Store.PostgreSql;
using Store.PostgreSql.Tests.Support;

namespace Store.PostgreSql.Tests;

/// <summary>On a server of their own, as they stop it.</summary>
public sealed class OutageTests : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private readonly PostgresFixture _fixture;
    private string _connectionString = string.Empty;

    public OutageTests(PostgresFixture fixture) => _fixture = fixture;

    private PostgresCluster Cluster => _fixture.Cluster;

    public async Task InitializeAsync()
    {
        if (PostgresCluster.Missing is null)
        {
            _connectionString = Cluster.ConnectionString(await Cluster.CreateDatabaseAsync());
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [PostgresFact]
    [Trait("Row", "F-01")]
    public async Task An_agent_whose_store_is_away_at_start_stays_and_works_when_the_store_is_there()
    {
        await Cluster.StopAsync();
        await using var agent = await PatientAgent.StartAsync(_connectionString, _ => Task.CompletedTask);
        agent.Driver.Publish("us_evt_1");
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => agent.Inbox.FindAsync("us_evt_1", CancellationToken.None));
        Assert.Equal(0, agent.Driver.Deliveries("us_evt_1"));

        await Cluster.StartAgainAsync();
        await agent.Driver.Settled.WaitForAsync(1);

        Assert.True((await agent.Inbox.FindAsync("us_evt_1", CancellationToken.None))["h"].Done);
    }

    [PostgresFact]
    [Trait("Row", "F-02")]
    public async Task Nothing_is_settled_while_the_store_is_away_and_all_is_when_it_is_back()
    {
        var inHandler = new Signal("the handler to begin");
        var goOn = new Signal("the handler may end");
        var handled = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        await using var agent = await PatientAgent.StartAsync(_connectionString, async id =>
        {
            handled.AddOrUpdate(id, 1, (_, n) => n + 1);
            if (id == "us_evt_0")
            {
                inHandler.Set();
                await goOn.WaitAsync();
            }
        });
        agent.Driver.Publish("us_evt_0");
        await inHandler.WaitAsync();

        await Cluster.StopAsync();
        goOn.Set();
        var more = Enumerable.Range(1, 5).Select(i => $"us_evt_{i}").ToList();
        more.ForEach(agent.Driver.Publish);
        await Signal.UntilAsync(() => Task.FromResult(more.All(id => agent.Driver.Deliveries(id) >= 2)), "every event to be given back once");
        Assert.Empty(agent.Driver.Settled.Items);
        Assert.Equal(["us_evt_0"], handled.Keys);

        await Cluster.StartAgainAsync();
        await agent.Driver.Settled.WaitForAsync(6);

        foreach (var id in more.Append("us_evt_0"))
        {
            Assert.True((await agent.Inbox.FindAsync(id, CancellationToken.None))["h"].Done);
            Assert.InRange(handled[id], 1, 2);
        }

        Assert.Empty(await agent.Letters.ListAsync(10, CancellationToken.None));
    }

    [PostgresFact]
    [Trait("Row", "F-02")]
    public async Task Writes_in_hand_when_the_server_ends_and_starts_again_are_done_exactly_once()
    {
        await using var database = PostgresNode.Database(_connectionString);
        await database.OpenAsync(CancellationToken.None);
        var inbox = new StoredInbox(database, new AgentOwner(), TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var done = 0;
        var writers = Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            var i = 0;
            for (; !stop.IsCancellationRequested; i++)
            {
                await Starts.AddAsync(database, $"{worker}_{i}");
                Interlocked.Increment(ref done);
            }

            return i;
        })).ToList();

        await Signal.UntilAsync(() => Task.FromResult(Volatile.Read(ref done) > 200), "writes before the stop");
        await Cluster.StopAsync();
        var before = Volatile.Read(ref done);
        await Cluster.StartAgainAsync();
        await Signal.UntilAsync(() => Task.FromResult(Volatile.Read(ref done) > before + 200), "writes after the start");
        await stop.CancelAsync();
        var count = (await Task.WhenAll(writers)).Sum();

        var rows = await database.ReadAsync(c => c.Query("SELECT count(*), min(starts), max(starts) FROM inbox", r => (r.GetInt32(0), r.GetInt32(1), r.GetInt32(2)))[0], CancellationToken.None);
        Assert.Equal((count, 1, 1), rows);
    }

    [PostgresFact]
    [Trait("Row", "F-02")]
    public async Task A_node_that_reached_no_store_for_its_life_ends_what_it_ran_and_finds_it_again()
    {
        var times = new NodeTimes { Life = TimeSpan.FromSeconds(5), Answer = TimeSpan.FromSeconds(1) };
        var node = await PostgresNode.OpenAsync(_connectionString, times);
        try
        {
            await node.AddAsync("1");
            var owned = node.Owner.Current;
            await node.ClaimAsync("1");
            var lost = new Signal("the owner to be lost");
            await using var _ = owned.Lost.Register(lost.Set);

            await Cluster.StopAsync();
            await lost.WaitAsync();
            await Cluster.StartAgainAsync();

            await Signal.UntilAsync(async () => (await node.ClaimAsync("1")).Answer == ClaimAnswer.Claimed, "the ticket to be free");
            Assert.NotEqual(owned.Id, node.Owner.Id);
        }
        finally
        {
            await PostgresNode.CloseAsync(node);
        }
    }

    [PostgresFact]
    public async Task A_short_restart_of_the_server_costs_no_node_its_id()
    {
        var one = await PostgresNode.OpenAsync(_connectionString);
        var other = await PostgresNode.OpenAsync(_connectionString);
        try
        {
            await one.AddAsync("1");
            await one.ClaimAsync("1");
            var owned = one.Owner.Current;

            await Cluster.StopAsync();
            await Cluster.StartAgainAsync();
            await other.Database.WriteAsync("ghost", c => { c.Run("INSERT INTO nodes(owner, name, alive_until) VALUES('ghost', 'ghost', 0)"); }, CancellationToken.None);
            await Signal.UntilAsync(
                async () => await other.Database.ReadAsync(c => c.Query("SELECT owner FROM nodes WHERE owner = 'ghost'", r => r.GetString(0)), CancellationToken.None) is [], "the first judgement after the restart");

            Assert.False(owned.Lost.IsCancellationRequested);
            Assert.Equal(ClaimAnswer.Running, (await other.ClaimAsync("1")).Answer);
        }
        finally
        {
            await PostgresNode.CloseAsync(one);
            await PostgresNode.CloseAsync(other);
        }
    }
}
