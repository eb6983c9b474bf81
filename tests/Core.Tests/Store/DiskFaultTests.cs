using Contracts.Disks;
using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Data.Sqlite;

namespace Core.Tests.Store;

/// <summary>The disk below <c>agent.db</c> fails at each place, or has no room for a while.</summary>
public sealed class DiskFaultTests : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData(DiskAct.Read, WatchedDisk.ReadFails)]
    [InlineData(DiskAct.Write, WatchedDisk.WriteFails)]
    [InlineData(DiskAct.Sync, WatchedDisk.SyncFails)]
    [Trait("Row", "F-08")]
    public async Task Whichever_step_fails_is_told_and_what_was_acknowledged_before_and_after_is_there(DiskAct act, int code)
    {
        // Until no step is left that could fail; the many of a start are like one another.
        for (var nth = 1; await FailsAsync(act, code, nth); nth += act == DiskAct.Sync ? 1 : nth > 8 ? 7 : 2)
        {
        }
    }

    [Fact]
    [Trait("Row", "F-06")]
    public async Task While_the_disk_has_no_room_nothing_is_settled_health_says_so_and_it_goes_on_when_there_is_some()
    {
        var handled = new Arrivals<string>("handled events");
        _world.OnEvent("h", (context, _) =>
        {
            handled.Add(context.Event.Id);
            return Task.CompletedTask;
        });
        using var disk = new WatchedDisk(_world.Folder.Path);
        await using var process = await AgentProcess.StartAsync(_world);
        _world.PublishEvent("us_evt_0");
        await handled.WaitForAsync(1);
        var health = process.Get<AgentHealthSource>();
        await Signal.UntilAsync(async () => (await health.TakeAsync()).IsReady, "the agent to be ready");

        disk.Answer = step => step.Act == DiskAct.Write ? WatchedDisk.NoRoom : 0;
        for (var i = 1; i <= 5; i++)
        {
            _world.PublishEvent($"us_evt_{i}", $"us_sp_{i}");
        }

        AgentHealth? now = null;
        await Signal.UntilAsync(async () => !(now = await health.TakeAsync()).IsReady, "health to say that nothing can be written");
        Assert.Contains("takes no writes", Assert.Single(now!.WhyNotReady), StringComparison.Ordinal);
        Assert.Equal(["us_evt_0"], handled.Items);

        // Health sees the store, the line comes from whoever could not write: one may be earlier than the other.
        await Signal.UntilAsync(
            () => Task.FromResult(process.Log.Lines.Any(l => l.Fault is StoreAwayException fault && fault.Message.Contains("See that its disk has room", StringComparison.Ordinal))),
            "a line that says what to do");

        disk.Answer = _ => 0;
        await handled.WaitForAsync(6);
        await Signal.UntilAsync(async () => (await health.TakeAsync()).IsReady, "the agent to be ready again");

        Assert.Equal(Enumerable.Range(0, 6).Select(i => $"us_evt_{i}"), handled.Items.Order(StringComparer.Ordinal));
        Assert.Empty(await process.Get<IDeadLetters>().ListAsync(10, CancellationToken.None));
        Assert.Equal("ok", await process.Get<AgentDatabase>().ReadAsync(c => c.Query("PRAGMA integrity_check", r => r.GetString(0))[0], CancellationToken.None));
    }

    /// <summary>Lets the nth step of a kind fail once in the life of a store. False when there were not so many.</summary>
    private static async Task<bool> FailsAsync(DiskAct act, int code, int nth)
    {
        using var folder = new TestFolder();
        using var disk = new WatchedDisk(folder.Path);
        var (left, failed, openedAgain, closing) = (nth, false, false, false);
        disk.Answer = step =>
        {
            openedAgain |= failed && step is { Act: DiskAct.Open, File: "agent.db" };
            if (step.Act != act || --left != 0)
            {
                return 0;
            }

            failed = true;
            openedAgain = closing;
            return code;
        };
        await WorkAsync(folder, () => closing = true);

        // A read may fail on a connection that was only borrowed.
        Assert.True(!failed || openedAgain || act == DiskAct.Read, $"{act} {nth} failed, and the file was not opened anew.");
        disk.Answer = _ => 0;
        await CheckAsync(folder, $"{act} {nth}");
        return failed;
    }

    private static async Task WorkAsync(TestFolder folder, Action closes)
    {
        await using var closing = new Closing(new SqliteAgentDatabase(folder.Path));
        var database = closing.Database;
        await AcknowledgedAsync(() => database.OpenAsync(CancellationToken.None));
        var inbox = StoredInbox.Of(database, new AgentOwner(), TimeProvider.System);
        for (var i = 0; i < 3; i++)
        {
            var id = $"us_evt_{i}";
            await AcknowledgedAsync(() => inbox.ClaimAsync(id, ["a"], CancellationToken.None));
            await AcknowledgedAsync(() => inbox.DoneAsync(id, "a", CancellationToken.None));
            var ticket = new JobTicket { Id = "tk_" + id, EventId = id, HandlerId = "j", Lane = id, JobId = "us_jb_" + id, Event = new byte[9_000] };
            await AcknowledgedAsync(() => new StoredTickets(database, TimeProvider.System).AddAsync(ticket, CancellationToken.None));
            await AcknowledgedAsync(() => inbox.FindAsync(id, CancellationToken.None));
        }

        closes();
    }

    private static async Task CheckAsync(TestFolder folder, string moment)
    {
        await using var database = new SqliteAgentDatabase(folder.Path);
        await database.OpenAsync(CancellationToken.None);
        var found = await database.ReadAsync(
            c => (c.Query("PRAGMA integrity_check", r => r.GetString(0))[0],
                c.Query("SELECT count(*) FROM inbox WHERE done_at IS NOT NULL", r => r.GetInt32(0))[0],
                c.Query("SELECT count(*) FROM tickets", r => r.GetInt32(0))[0]), CancellationToken.None);
        Assert.True(found == ("ok", 3, 3), $"{moment}: {found}");
    }

    /// <summary>Asks again, once, when it is told that the store is away: one fault is one refusal.</summary>
    private static async Task AcknowledgedAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (StoreAwayException)
        {
            await write();
        }
    }

    /// <summary>The end of an agent on a broken disk is not in order, and loses nothing.</summary>
    private sealed class Closing(SqliteAgentDatabase database) : IAsyncDisposable
    {
        public SqliteAgentDatabase Database => database;

        public async ValueTask DisposeAsync()
        {
            try
            {
                await database.DisposeAsync();
            }
            catch (SqliteException fault) when (WatchedDisk.IsOf(fault))
            {
                // Told, and put right by the next start.
            }
        }
    }
}
