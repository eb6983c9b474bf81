using Contracts.Services;
using Contracts.Store;
using Contracts.Support;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;
using Flatfile.Agent.Store.PostgreSql;
using Store.PostgreSql.Tests.Support;

namespace Store.PostgreSql.Tests;

[Collection(PostgresCollection.Name)]
public sealed class NodeTests(PostgresFixture fixture) : IAsyncLifetime
{
    private static readonly NodeTimes Short = new() { Life = TimeSpan.FromSeconds(5), Answer = TimeSpan.FromSeconds(1) };

    private readonly List<StoreNode> _open = [];
    private string _connectionString = null!;

    public async Task InitializeAsync() =>
        _connectionString = PostgresCluster.Missing is null ? fixture.Cluster.ConnectionString(await fixture.Cluster.CreateDatabaseAsync()) : string.Empty;

    public async Task DisposeAsync()
    {
        foreach (var node in _open)
        {
            await PostgresNode.CloseAsync(node);
        }
    }

    [PostgresFact]
    public async Task The_tickets_of_a_killed_process_are_free_within_seconds()
    {
        var node = await OpenAsync();
        await TicketsAsync(node, "1", "2");
        await using var other = await NodeProcess.StartAsync(_connectionString, new NodeTimes().Life, "1", "2");
        await PastGraceAsync(node);
        Assert.Equal(ClaimAnswer.Running, (await node.ClaimAsync("1")).Answer);
        Drain(node.Nodes);

        var killed = TimeProvider.System.GetTimestamp();
        await other.KillAsync();
        await Signal.WaitAsync(node.Nodes.Changes.ReadAsync().AsTask(), "the news of the death");
        var took = TimeProvider.System.GetElapsedTime(killed);

        Assert.Equal(["tk_1", "tk_2"], (await node.Tickets.WaitingAsync(CancellationToken.None)).Select(t => t.Id));
        Assert.Equal(ClaimAnswer.Claimed, (await node.ClaimAsync("1")).Answer);
        Assert.Equal([node.Owner.Id], await OwnersAsync(node));

        // Far from the thirty seconds that a life lasts without the lost session; some air for a busy machine.
        Assert.True(took < TimeSpan.FromSeconds(6), $"It took {took}.");
    }

    [PostgresFact]
    public async Task A_node_that_comes_waits_for_the_judgement_of_a_killed_one_and_not_for_one_that_lives()
    {
        var times = new NodeTimes();
        await using var living = await NodeProcess.StartAsync(_connectionString, times.Life);
        var first = await OpenAsync();
        await TicketsAsync(first, "1");
        await using var killed = await NodeProcess.StartAsync(_connectionString, times.Life, "1");
        await killed.KillAsync();
        var node = await OpenAsync();

        await node.Nodes.SettledAsync(CancellationToken.None);

        Assert.Equal(ClaimAnswer.Claimed, (await node.ClaimAsync("1")).Answer);
        var begun = TimeProvider.System.GetTimestamp();
        await node.Nodes.SettledAsync(CancellationToken.None);
        Assert.True(TimeProvider.System.GetElapsedTime(begun) < times.Judgement, "The living ones were waited for.");
        Assert.Equal(3, (await OwnersAsync(node)).Count);
    }

    [PostgresFact]
    public async Task A_node_that_is_silent_is_in_doubt_also_while_its_burial_holds_its_lock()
    {
        var node = await OpenAsync(new NodeTimes { Grace = TimeSpan.FromMinutes(1) });
        var times = new NodeTimes();
        // Its last sign of life is yet to come, so that it is not silent however slow this machine is.
        await EnterGhostAsync(TimeSpan.FromMinutes(-1));
        await using var burying = new Npgsql.NpgsqlConnection(_connectionString);
        await burying.OpenAsync();
        Assert.True(await InDoubtAsync());
        using (var hold = burying.CreateCommand())
        {
            hold.CommandText = "SELECT pg_advisory_lock(hashtextextended('flatfile-agent node ' || @schema || ' ', 0) # hashtextextended('ghost', 0))";
            hold.Parameters.AddWithValue("@schema", ((PostgresAgentDatabase)node.Database).Settings.Schema);
            await hold.ExecuteNonQueryAsync();
        }

        Assert.False(await InDoubtAsync());
        await EnterGhostAsync(TimeSpan.FromSeconds(3));
        Assert.True(await InDoubtAsync());

        Task EnterGhostAsync(TimeSpan silent) => node.Database.WriteAsync("ghost", c =>
        {
            c.Run("DELETE FROM nodes WHERE owner = 'ghost'");
            c.Run($"INSERT INTO nodes(owner, name, alive_until) VALUES('ghost', 'ghost', {node.Database.Now} + @left)", ("@left", (long)(times.Life - silent).TotalMilliseconds));
        }, CancellationToken.None);

        Task<bool> InDoubtAsync() => node.Database.ReadAsync(
            c => NodeSession.AnyInDoubt((PostgresAgentDatabase)node.Database, c, node.Owner.Current.Id, times), CancellationToken.None);
    }

    [PostgresFact]
    public async Task A_process_that_leaves_frees_its_tickets_at_once()
    {
        var node = await OpenAsync();
        await TicketsAsync(node, "1");
        await using var other = await NodeProcess.StartAsync(_connectionString, new NodeTimes().Life, "1");

        await other.LeaveAsync();

        Assert.Equal(ClaimAnswer.Claimed, (await node.ClaimAsync("1")).Answer);
        Assert.Equal([node.Owner.Id], await OwnersAsync(node));
    }

    [PostgresFact]
    [Trait("Row", "F-17")]
    public async Task A_paused_process_is_dead_when_its_time_is_over_and_notices_when_it_wakes()
    {
        var node = await OpenAsync(Short);
        await TicketsAsync(node, "1");
        await using var other = await NodeProcess.StartAsync(_connectionString, Short.Life, "1");
        await PastGraceAsync(node);
        Drain(node.Nodes);

        await other.PauseAsync();
        await Signal.WaitAsync(node.Nodes.Changes.ReadAsync().AsTask(), "the paused process to count as dead");
        Assert.Equal(ClaimAnswer.Claimed, (await node.ClaimAsync("1")).Answer);
        await other.GoOnAsync();
        var said = await other.Said.WaitForAsync(2);

        Assert.Equal(said[0].Replace("entered", "lost", StringComparison.Ordinal), said[1]);
        await Signal.UntilAsync(async () => (await OwnersAsync(node)).Count == 2, "the process to come back under another id");
        Assert.DoesNotContain(said[0].Split(' ')[1], await OwnersAsync(node));
        Assert.Equal(ClaimAnswer.Running, (await node.ClaimAsync("1")).Answer);
    }

    [PostgresFact]
    public async Task A_node_whose_session_was_cut_opens_another_and_stays_who_it_is()
    {
        var node = await OpenAsync();
        var other = await OpenAsync();
        await TicketsAsync(node, "1");
        await other.ClaimAsync("1");
        await PastGraceAsync(node);
        var owned = other.Owner.Current;
        Drain(other.Nodes);

        for (var i = 0; i < 3; i++)
        {
            await fixture.Cluster.RunAsync("postgres", "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'flatfile-agent heartbeat'");
            await Signal.WaitAsync(other.Nodes.Changes.ReadAsync().AsTask(), "the other's heart to be back");
        }

        Assert.False(owned.Lost.IsCancellationRequested);
        Assert.Equal(ClaimAnswer.Running, (await node.ClaimAsync("1")).Answer);
        Assert.Equal(2, (await OwnersAsync(node)).Count);
    }

    [PostgresFact]
    public async Task A_node_whose_row_is_gone_ends_what_it_runs_and_goes_on_under_another_id()
    {
        var node = await OpenAsync();
        var owned = node.Owner.Current;
        var lost = new Signal("the owner to be lost");
        await using var _ = owned.Lost.Register(lost.Set);

        await node.Database.WriteAsync("bury", c => { c.Run("DELETE FROM nodes"); }, CancellationToken.None);

        await lost.WaitAsync();
        Assert.NotEqual(owned.Id, node.Owner.Id);
        await Signal.UntilAsync(async () => (await OwnersAsync(node)).SequenceEqual([node.Owner.Id]), "the new id to be entered");
    }

    [PostgresFact]
    [Trait("Row", "F-17")]
    public async Task Leases_waits_and_windows_go_by_the_databases_clock_whatever_a_nodes_clock_says()
    {
        var right = await OpenAsync();
        foreach (var (name, off) in new[] { ("a", TimeSpan.FromMinutes(5)), ("b", TimeSpan.FromMinutes(-5)), ("c", TimeSpan.FromDays(1)), ("d", TimeSpan.FromDays(-1)) })
        {
            var clock = new SetTime { Off = off };
            var wrong = new StoredTickets(right.Database, clock);
            await TicketsAsync(right, name);
            var run = (await wrong.ClaimAsync("tk_" + name, right.Owner.Id, TimeSpan.FromMinutes(1), CancellationToken.None)).Ticket!;

            // Neither early nor late: the others see a living lease for its minute, also when the clock is set during the run.
            Assert.Equal(ClaimAnswer.Running, (await right.ClaimAsync(name)).Answer);
            clock.Off = -off;
            Assert.True(await wrong.RenewAsync(run.Id, run.Lease, TimeSpan.FromMinutes(1), CancellationToken.None));
            Assert.Equal(0, await right.Tickets.RecoverAsync(TimeSpan.Zero, CancellationToken.None));
            Assert.Equal(0, await wrong.RecoverAsync(TimeSpan.Zero, CancellationToken.None));

            // A wait of ten minutes is ten minutes for everybody, told to each by its own clock.
            Assert.True(await wrong.ReturnAsync(run.Id, run.Lease, TimeSpan.FromMinutes(10), failed: false, null, CancellationToken.None));
            var early = await wrong.ClaimAsync(run.Id, right.Owner.Id, TimeSpan.FromMinutes(1), CancellationToken.None);
            Assert.Equal(ClaimAnswer.Early, early.Answer);
            Assert.InRange(early.Ticket!.NotBefore!.Value - clock.GetUtcNow(), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));

            // And nothing is forgotten before its time.
            var inbox = new StoredInbox(right.Database, new AgentOwner(), clock);
            await inbox.DoneAsync("us_evt_" + name, "h", CancellationToken.None);
            Assert.Equal(0, await inbox.PruneAsync(clock.GetUtcNow() - TimeSpan.FromHours(1), CancellationToken.None));
        }
    }

    private static void Drain(INodes nodes)
    {
        while (nodes.Changes.TryRead(out _))
        {
        }
    }

    private static async Task TicketsAsync(StoreNode node, params string[] numbers)
    {
        foreach (var number in numbers)
        {
            await node.AddAsync(number, "lane_" + number);
        }
    }

    private static Task<List<string>> OwnersAsync(StoreNode node) =>
        node.Database.ReadAsync(c => c.Query("SELECT owner FROM nodes", r => r.GetString(0)), CancellationToken.None);

    /// <summary>A node judges others once it has lived a while: a row that nobody stands behind is gone then.</summary>
    private static async Task PastGraceAsync(StoreNode node)
    {
        await node.Database.WriteAsync("ghost", c => { c.Run("INSERT INTO nodes(owner, name, alive_until) VALUES('ghost', 'ghost', 0)"); }, CancellationToken.None);
        await Signal.UntilAsync(async () => !(await OwnersAsync(node)).Contains("ghost"), "the first judgement");
    }

    private async Task<StoreNode> OpenAsync(NodeTimes? times = null)
    {
        var node = await PostgresNode.OpenAsync(_connectionString, times);
        _open.Add(node);
        return node;
    }
}
