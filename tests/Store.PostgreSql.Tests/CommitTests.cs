using Contracts.Services;
using Contracts.Store;
using Contracts.Support;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;
using Store.PostgreSql.Tests.Support;

namespace Store.PostgreSql.Tests;

[Collection(PostgresCollection.Name)]
public sealed class CommitTests(PostgresFixture fixture)
{
    private static readonly DeadLetter Letter =
        new(0, "us_evt_1", "space:updated", "h", "because", null, 5, "{}"u8.ToArray(), TimeProvider.System.GetUtcNow());

    [PostgresFact]
    public async Task A_commit_whose_answer_was_lost_is_found_to_stand_and_not_done_again()
    {
        var database = await fixture.Cluster.CreateDatabaseAsync();
        await using var cutter = new CommitCutter(fixture.Cluster.Port);
        await using var store = await OpenAsync(fixture.Cluster.ConnectionString(database, cutter.Port));
        var inbox = new StoredInbox(store, new AgentOwner(), TimeProvider.System);

        for (var i = 1; i <= 3; i++)
        {
            cutter.CutAfter();
            await Starts.AddAsync(store, "us_evt_1");
            Assert.Equal(i, cutter.Cuts);
        }

        // Not idempotent on purpose: a write done twice would show.
        Assert.Equal(3, (await inbox.FindAsync("us_evt_1", CancellationToken.None))["h"].Starts);
    }

    [PostgresFact]
    public async Task A_commit_that_never_arrived_is_found_to_be_undone_and_done_again()
    {
        var database = await fixture.Cluster.CreateDatabaseAsync();
        await using var cutter = new CommitCutter(fixture.Cluster.Port);
        await using var store = await OpenAsync(fixture.Cluster.ConnectionString(database, cutter.Port));
        var inbox = new StoredInbox(store, new AgentOwner(), TimeProvider.System);

        for (var i = 1; i <= 3; i++)
        {
            cutter.CutBefore();
            await Starts.AddAsync(store, "us_evt_1");
            Assert.Equal(i, cutter.Cuts);
        }

        Assert.Equal(3, (await inbox.FindAsync("us_evt_1", CancellationToken.None))["h"].Starts);
    }

    [PostgresFact]
    public async Task What_was_told_as_failed_but_stands_is_harmless_when_it_is_asked_again()
    {
        var database = await fixture.Cluster.CreateDatabaseAsync();
        var seen = await PostgresNode.OpenAsync(fixture.Cluster.ConnectionString(database));
        try
        {
            var ticket = new JobTicket { Id = "tk_1", EventId = "us_evt_1", HandlerId = "h", Lane = "lane", JobId = "us_jb_1", Event = "{}"u8.ToArray() };
            await FailingAsync(database, async cut => await new StoredTickets(cut, TimeProvider.System).AddAsync(ticket, CancellationToken.None));
            Assert.Equal(("tk_1", true), await seen.Tickets.AddAsync(ticket with { Id = "tk_2" }, CancellationToken.None));

            await FailingAsync(database, async cut => await new StoredTickets(cut, TimeProvider.System).ClaimAsync("tk_1", seen.Owner.Id, TimeSpan.FromMilliseconds(1), CancellationToken.None));
            JobTicket? run = null;
            await Signal.UntilAsync(async () => (run = (await seen.ClaimAsync("1")) is { Answer: ClaimAnswer.Claimed } claim ? claim.Ticket : null) is not null, "the unknown lease to run out");
            Assert.Equal(2, run!.Attempt);

            await FailingAsync(database, async cut => await new StoredTickets(cut, TimeProvider.System).SaveOutcomeAsync("tk_1", run.Lease, "{}", CancellationToken.None));
            Assert.True(await seen.Tickets.SaveOutcomeAsync("tk_1", run.Lease, "{}", CancellationToken.None));
            await FailingAsync(database, async cut => await new StoredTickets(cut, TimeProvider.System).EndAsync("tk_1", run.Lease, TicketState.Dead, "because", Letter, CancellationToken.None));
            Assert.False(await seen.Tickets.EndAsync("tk_1", run.Lease, TicketState.Dead, "because", Letter, CancellationToken.None));
            Assert.Single(await seen.Letters.ListAsync(10, CancellationToken.None));

            await FailingAsync(database, async cut => await new StoredInbox(cut, new AgentOwner(), TimeProvider.System).DoneAsync("us_evt_2", "h", CancellationToken.None));
            await seen.Inbox.DoneAsync("us_evt_2", "h", CancellationToken.None);
            Assert.True((await seen.Inbox.FindAsync("us_evt_2", CancellationToken.None))["h"].Done);
            await FailingAsync(database, async cut => await new StoredCursors(cut, TimeProvider.System).SaveAsync("d", "8", CancellationToken.None));
            await seen.Cursors.SaveAsync("d", "8", CancellationToken.None);
            Assert.Equal("8", await seen.Cursors.LoadAsync("d", CancellationToken.None));
        }
        finally
        {
            await PostgresNode.CloseAsync(seen);
        }
    }

    [PostgresFact]
    [Trait("Row", "F-04")]
    public async Task Writes_that_wait_for_each_other_crosswise_both_stand()
    {
        var database = await fixture.Cluster.CreateDatabaseAsync();
        await using var one = await OpenAsync(fixture.Cluster.ConnectionString(database));
        await using var other = await OpenAsync(fixture.Cluster.ConnectionString(database));
        var inbox = new StoredInbox(one, new AgentOwner(), TimeProvider.System);
        await Starts.AddAsync(one, "a");
        await Starts.AddAsync(one, "b");
        using var meet = new Barrier(2);

        Task Crosswise(AgentDatabase store, string first, string second)
        {
            var tries = 0;
            return Task.Run(() => store.WriteAsync("crosswise", c =>
            {
                c.Run("UPDATE inbox SET starts = starts + 1 WHERE event_id = @id", ("@id", first));
                if (++tries == 1)
                {
                    meet.SignalAndWait(TimeSpan.FromSeconds(10));
                }

                c.Run("UPDATE inbox SET starts = starts + 1 WHERE event_id = @id", ("@id", second));
            }, CancellationToken.None));
        }

        await Signal.WaitAsync(Task.WhenAll(Crosswise(one, "a", "b"), Crosswise(other, "b", "a")), "both writes");

        Assert.Equal(3, (await inbox.FindAsync("a", CancellationToken.None))["h"].Starts);
        Assert.Equal(3, (await inbox.FindAsync("b", CancellationToken.None))["h"].Starts);
    }

    [PostgresFact]
    [Trait("Row", "F-04")]
    public async Task A_database_that_takes_no_writes_is_away_and_used_again_when_it_does()
    {
        var database = await fixture.Cluster.CreateDatabaseAsync();
        await using var store = await OpenAsync(fixture.Cluster.ConnectionString(database), TimeSpan.FromMilliseconds(300));
        var inbox = new StoredInbox(store, new AgentOwner(), TimeProvider.System);
        await ReadOnlyAsync("on");

        var fault = await Assert.ThrowsAsync<StoreAwayException>(() => inbox.DoneAsync("us_evt_1", "h", CancellationToken.None));
        Assert.Contains("read-only", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", fault.Message, StringComparison.OrdinalIgnoreCase);
        await ReadOnlyAsync("off");
        await inbox.DoneAsync("us_evt_1", "h", CancellationToken.None);

        Assert.True((await inbox.FindAsync("us_evt_1", CancellationToken.None))["h"].Done);

        async Task ReadOnlyAsync(string value)
        {
            await fixture.Cluster.RunAsync("postgres", $"ALTER DATABASE {database} SET default_transaction_read_only = {value}");
            await fixture.Cluster.RunAsync("postgres", $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{database}'");
        }
    }

    [PostgresFact]
    [Trait("Row", "F-04")]
    public async Task A_server_without_a_free_connection_is_waited_for()
    {
        var database = await fixture.Cluster.CreateDatabaseAsync();
        await fixture.Cluster.RunAsync("postgres", $"ALTER DATABASE {database} CONNECTION LIMIT 1");
        await fixture.Cluster.RunAsync("postgres", "CREATE ROLE small LOGIN PASSWORD 'small'");
        await fixture.Cluster.RunAsync("postgres", $"GRANT CREATE ON DATABASE {database} TO small");
        var connectionString = fixture.Cluster.ConnectionString(database) + ";Username=small;Password=small";
        await using var holder = new Npgsql.NpgsqlConnection(connectionString + ";Pooling=false");
        await holder.OpenAsync();
        await using (var refused = PostgresNode.Database(connectionString))
        {
            var fault = await Assert.ThrowsAsync<StoreAwayException>(() => refused.OpenAsync(CancellationToken.None));
            Assert.Contains("too many connections", fault.Message, StringComparison.Ordinal);
        }

        await holder.CloseAsync();
        await using AgentDatabase store = PostgresNode.Database(connectionString);
        await Signal.UntilAsync(
            async () =>
            {
                try
                {
                    await store.OpenAsync(CancellationToken.None);
                    return true;
                }
                catch (StoreAwayException)
                {
                    return false;
                }
            },
            "the freed connection");
        await new StoredInbox(store, new AgentOwner(), TimeProvider.System).DoneAsync("us_evt_1", "h", CancellationToken.None);
    }

    private static async Task<AgentDatabase> OpenAsync(string connectionString, TimeSpan? patience = null)
    {
        var database = PostgresNode.Database(connectionString, patience);
        await database.OpenAsync(CancellationToken.None);
        return database;
    }

    /// <summary>Writes through a connection that is cut in the commit and does not come back within the store's patience.</summary>
    private async Task FailingAsync(string database, Func<AgentDatabase, Task> write)
    {
        await using var cutter = new CommitCutter(fixture.Cluster.Port) { StaysAway = true };
        await using var store = await OpenAsync(fixture.Cluster.ConnectionString(database, cutter.Port), TimeSpan.FromMilliseconds(200));
        cutter.CutAfter();
        await Assert.ThrowsAsync<StoreAwayException>(() => write(store));
        Assert.Equal(1, cutter.Cuts);
    }
}
