using Contracts.Disks;
using Contracts.Support;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;

namespace Core.Tests.Store;

/// <summary>The power goes at each write to <c>agent.db</c> and its log: what was acknowledged before is there, what had not begun is not.</summary>
public sealed class PowerLossTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly List<Promise> _promises = [];
    private readonly List<Promise> _beginnings = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Row", "F-09")]
    public async Task What_was_acknowledged_is_there_at_whichever_write_the_power_goes()
    {
        using var disk = new WatchedDisk(_folder.Path);

        // The end of an agent, which moves the log into the file, and the next start are among the moments.
        await WorkAsync(disk, 1);
        await using (var next = new SqliteAgentDatabase(_folder.Path))
        {
            await next.OpenAsync(CancellationToken.None);
        }

        Assert.InRange(await CutAsync(disk.Steps, _ => true), 100, 1_000);
    }

    [Fact]
    [Trait("Row", "F-09")]
    public async Task What_was_acknowledged_is_there_when_the_power_goes_while_a_long_log_moves_into_the_file_and_begins_anew()
    {
        using var disk = new WatchedDisk(_folder.Path);
        await using (var database = new SqliteAgentDatabase(_folder.Path))
        {
            await database.OpenAsync(CancellationToken.None);
            var tickets = new StoredTickets(database, TimeProvider.System);
            foreach (var (i, size) in ((int[])[4_200_000, 4_200_000, 1_000, 1_000]).Index())
            {
                var ticket = new JobTicket { Id = $"tk_{i}", EventId = $"us_evt_{i}", HandlerId = "j", Lane = $"{i}", JobId = $"us_jb_{i}", Event = new byte[size] };
                await PromiseAsync(disk, ticket.EventId, "ticket", () => tickets.AddAsync(ticket, CancellationToken.None));
            }
        }

        // Most of the steps are the same one again: a page more of the same event.
        var moved = 0;
        Assert.InRange(await CutAsync(disk.Steps, step => (step is { Act: DiskAct.Write, File: "agent.db" } && moved++ % 300 == 0) || step is { Act: DiskAct.Sync } or { Act: DiskAct.Write, Offset: 0 }), 15, 60);
    }

    /// <summary>Lets the power go after each step that is wanted, and right after each promise. Returns how often it went.</summary>
    private async Task<int> CutAsync(IReadOnlyList<DiskStep> steps, Func<DiskStep, bool> wanted)
    {
        var (cuts, image, random) = (0, new DiskImage(), new Random(7));
        for (var i = 0; i < steps.Count; i++)
        {
            image.Apply(steps[i]);
            if ((wanted(steps[i]) || _promises.Any(p => p.Step == i + 1)) && KeptAfter(steps[i].Act, i) is { } kept)
            {
                await FoundAsync(image, kept, random, i + 1);
                cuts++;
            }
        }

        return cuts;
    }

    private static KeptWrites? KeptAfter(DiskAct act, int step) => act switch
    {
        DiskAct.Sync or DiskAct.Delete or DiskAct.Truncate => KeptWrites.None,
        DiskAct.Write => step % 2 == 0 ? KeptWrites.AllButTheEndOfTheLast : KeptWrites.Some,
        _ => null,
    };

    private async Task WorkAsync(WatchedDisk disk, int life)
    {
        await using var database = new SqliteAgentDatabase(_folder.Path);
        await database.OpenAsync(CancellationToken.None);
        var inbox = StoredInbox.Of(database, new AgentOwner(), TimeProvider.System);
        var tickets = new StoredTickets(database, TimeProvider.System);
        for (var i = 0; i < 2; i++)
        {
            var (id, lane) = ($"us_evt_{life}_{i}", $"lane_{life}_{i}");
            await PromiseAsync(disk, id, "claimed", () => inbox.ClaimAsync(id, ["a", "b"], CancellationToken.None));
            await PromiseAsync(disk, id, "done", () => inbox.DoneAsync(id, "a", CancellationToken.None));
            var ticket = new JobTicket
            {
                Id = "tk_" + id, EventId = id, HandlerId = "j", Lane = lane, JobId = "us_jb_" + id, Event = new byte[5_000],
            };
            await PromiseAsync(disk, id, "ticket", () => tickets.AddAsync(ticket, CancellationToken.None));
            var run = (await tickets.ClaimAsync(ticket.Id, "owner", TimeSpan.FromMinutes(1), CancellationToken.None)).Ticket!;
            await PromiseAsync(disk, id, "outcome", () => tickets.SaveOutcomeAsync(run.Id, run.Lease, "{}", CancellationToken.None));
            await PromiseAsync(disk, id, "ended", () => tickets.EndAsync(run.Id, run.Lease, TicketState.Completed, "done", null, CancellationToken.None));
        }

        // Beside each other, so that they share commits.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PromiseAsync(disk, $"us_evt_{life}_many_{i}", "claimed", () => inbox.ClaimAsync($"us_evt_{life}_many_{i}", ["a"], CancellationToken.None))));
    }

    private async Task PromiseAsync(WatchedDisk disk, string eventId, string what, Func<Task> write)
    {
        lock (_promises)
        {
            _beginnings.Add(new Promise(disk.Count, eventId, what));
        }

        await write();
        lock (_promises)
        {
            _promises.Add(new Promise(disk.Count, eventId, what));
        }
    }

    /// <summary>Opens what the disk has kept as the next agent would, and holds it to every promise made before.</summary>
    private async Task FoundAsync(DiskImage image, KeptWrites kept, Random random, int step)
    {
        using var folder = new TestFolder();
        image.WriteTo(folder.Path, kept, random);
        await using var database = new SqliteAgentDatabase(folder.Path);
        await database.OpenAsync(CancellationToken.None);
        var moment = $"step {step}, {kept}";
        Assert.True(await database.ReadAsync(c => c.Query("PRAGMA integrity_check", r => r.GetString(0))[0], CancellationToken.None) == "ok", moment);
        var facts = await FactsAsync(database);
        foreach (var promise in _promises.Where(p => p.Step <= step))
        {
            Assert.True(facts.Contains((promise.EventId, promise.What)), $"{promise.What} of {promise.EventId} is lost: {moment}.");
        }

        foreach (var later in _beginnings.Where(b => b.Step > step))
        {
            Assert.False(facts.Contains((later.EventId, later.What)), $"{later.What} of {later.EventId} had not begun: {moment}.");
        }
    }

    private static async Task<HashSet<(string EventId, string What)>> FactsAsync(AgentDatabase database)
    {
        var facts = new HashSet<(string, string)>();
        await database.ReadAsync(
            c =>
            {
                foreach (var (id, done) in c.Query("SELECT event_id, done_at IS NOT NULL FROM inbox", r => (r.GetString(0), r.GetBoolean(1))))
                {
                    facts.Add((id, "claimed"));
                    if (done)
                    {
                        facts.Add((id, "done"));
                    }
                }

                foreach (var (id, state, outcome) in c.Query("SELECT event_id, state, outcome IS NOT NULL FROM tickets", r => (r.GetString(0), (TicketState)r.GetInt32(1), r.GetBoolean(2))))
                {
                    facts.Add((id, "ticket"));
                    if (outcome)
                    {
                        facts.Add((id, "outcome"));
                    }

                    if (state == TicketState.Completed)
                    {
                        facts.Add((id, "ended"));
                    }
                }

                return true;
            },
            CancellationToken.None);
        return facts;
    }

    /// <summary>What was promised, or begun, when the disk had done so many steps.</summary>
    private sealed record Promise(int Step, string EventId, string What);
}
