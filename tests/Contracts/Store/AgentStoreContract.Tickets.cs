using System.Collections.Concurrent;
using Contracts.Support;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;

namespace Contracts.Store;

public abstract partial class AgentStoreContract
{
    [ContractFact]
    [Trait("Row", "E-11")]
    public async Task The_same_event_at_two_agents_makes_one_ticket()
    {
        var (one, other) = await TwoAsync();
        var ticket = new JobTicket { Id = "tk_a", EventId = "us_evt_1", HandlerId = "h", Lane = "lane", JobId = "us_jb_1", Event = "{}"u8.ToArray() };

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? one : other).Tickets.AddAsync(ticket with { Id = $"tk_{i}" }, CancellationToken.None)));

        Assert.Single(answers.Select(a => a.Id).Distinct());
        Assert.All(answers, a => Assert.True(a.IsFirst));
        Assert.Equal(1, await CountAsync(one, "tickets"));
    }

    [ContractFact]
    public async Task Of_tickets_added_to_one_lane_at_once_exactly_one_is_the_first()
    {
        var (one, other) = await TwoAsync();
        for (var round = 0; round < 10; round++)
        {
            var lane = $"lane_{round}";
            var firsts = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
            {
                var ticket = new JobTicket { Id = $"tk_{round}_{i}", EventId = $"us_evt_{round}_{i}", HandlerId = "h", Lane = lane, JobId = "us_jb_1", Event = "{}"u8.ToArray() };
                return (await (i % 2 == 0 ? one : other).Tickets.AddAsync(ticket, CancellationToken.None)).IsFirst;
            }));

            Assert.Single(firsts, first => first);
        }
    }

    [ContractFact]
    [Trait("Row", "J-21")]
    public async Task A_ticket_claimed_by_two_agents_in_the_same_moment_runs_once()
    {
        var (one, other) = await TwoAsync();
        for (var i = 0; i < 40; i++)
        {
            var number = $"{i}";
            await one.AddAsync(number, $"lane_{i}");

            var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => (n % 2 == 0 ? one : other).ClaimAsync(number))));

            var claimed = Assert.Single(claims, c => c.Answer == ClaimAnswer.Claimed);
            Assert.All(claims.Where(c => c != claimed), c => Assert.Equal(ClaimAnswer.Running, c.Answer));
            Assert.Equal((1, 1L), (claimed.Ticket!.Attempt, claimed.Ticket.Lease));
        }

        Assert.Equal(40, await CountAsync(one, "runs"));
    }

    [ContractFact]
    public async Task A_thousand_tickets_of_fifty_lanes_run_once_each_and_in_order_on_two_agents_of_eight_workers()
    {
        const int lanes = 50, each = 20;
        var (one, other) = await TwoAsync();
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(async lane =>
        {
            for (var i = 0; i < each; i++)
            {
                await (i % 2 == 0 ? one : other).AddAsync($"{lane}_{i:00}", $"{lane}");
            }
        }));
        var begun = new ConcurrentDictionary<string, ConcurrentQueue<string>>(StringComparer.Ordinal);
        var running = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var ended = 0;
        var overlaps = 0;

        async Task WorkAsync(StoreNode node, int seed)
        {
            var random = new Random(seed);
            while (Volatile.Read(ref ended) < lanes * each)
            {
                var waiting = await node.Tickets.FirstOfLaneAsync($"{random.Next(lanes)}", CancellationToken.None);
                if (waiting is null || await node.Tickets.ClaimAsync(waiting.Id, node.Owner.Id, TimeSpan.FromMinutes(1), CancellationToken.None) is not { Answer: ClaimAnswer.Claimed } claim)
                {
                    continue;
                }

                var ticket = claim.Ticket!;
                begun.GetOrAdd(ticket.Lane, _ => new()).Enqueue(ticket.Id);
                if (running.AddOrUpdate(ticket.Lane, 1, (_, n) => n + 1) > 1)
                {
                    Interlocked.Increment(ref overlaps);
                }

                await Task.Yield();
                running.AddOrUpdate(ticket.Lane, 0, (_, n) => n - 1);
                Assert.True(await node.Tickets.EndAsync(ticket.Id, ticket.Lease, TicketState.Completed, "done", null, CancellationToken.None));
                Interlocked.Increment(ref ended);
            }
        }

        await Signal.WaitAsync(Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => WorkAsync(i % 2 == 0 ? one : other, i)))), "all tickets to end");

        Assert.Equal(0, overlaps);
        Assert.Equal(lanes * each, await CountAsync(one, "runs"));
        foreach (var lane in begun)
        {
            Assert.Equal(Enumerable.Range(0, each).Select(i => $"tk_{lane.Key}_{i:00}"), lane.Value);
        }
    }

    [ContractFact]
    public async Task A_ticket_waits_for_those_before_it_in_its_lane_and_for_its_time()
    {
        var node = await _harness.NodeAsync();
        await node.AddAsync("1");
        await node.AddAsync("2");
        Assert.Equal(ClaimAnswer.NotFirst, (await node.ClaimAsync("2")).Answer);
        Assert.Equal(ClaimAnswer.Missing, (await node.ClaimAsync("3")).Answer);
        var first = (await node.ClaimAsync("1")).Ticket!;

        Assert.True(await node.Tickets.ReturnAsync(first.Id, first.Lease, TimeSpan.FromMinutes(5), failed: true, "not yet", CancellationToken.None));
        var early = await node.ClaimAsync("1");
        Assert.Equal(ClaimAnswer.Early, early.Answer);
        Assert.Equal(1, early.Ticket!.Failures);
        Assert.InRange(early.Ticket.NotBefore!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5.1));
        await node.Database.WriteAsync("due", c => { c.Run("UPDATE tickets SET not_before = NULL"); }, CancellationToken.None);

        var again = (await node.ClaimAsync("1")).Ticket!;
        Assert.Equal((2, 2L), (again.Attempt, again.Lease));
        Assert.True(await node.Tickets.EndAsync(again.Id, again.Lease, TicketState.Completed, null, null, CancellationToken.None));
        Assert.Equal(ClaimAnswer.Ended, (await node.ClaimAsync("1")).Answer);
        Assert.Equal("tk_2", (await node.Tickets.FirstOfLaneAsync("lane", CancellationToken.None))!.Id);
        Assert.Equal("tk_2", Assert.Single(await node.Tickets.WaitingAsync(CancellationToken.None)).Id);
        Assert.Equal(ClaimAnswer.Claimed, (await node.ClaimAsync("2")).Answer);
    }

    [ContractFact]
    [Trait("Row", "J-20")]
    public async Task A_run_that_lost_its_lease_writes_nothing_any_more()
    {
        var (one, other) = await TwoAsync();
        await one.AddAsync("1");
        var old = (await one.ClaimAsync("1", TimeSpan.Zero)).Ticket!;
        Assert.True(await one.Tickets.SaveCheckpointAsync(old.Id, old.Lease, [1], CancellationToken.None));
        await Signal.UntilAsync(async () => (await other.ClaimAsync("1")).Answer == ClaimAnswer.Claimed, "the lease to run out");

        Assert.False(await one.Tickets.RenewAsync(old.Id, old.Lease, TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.False(await one.Tickets.SaveCheckpointAsync(old.Id, old.Lease, [2], CancellationToken.None));
        Assert.False(await one.Tickets.SaveOutcomeAsync(old.Id, old.Lease, "{}", CancellationToken.None));
        Assert.False(await one.Tickets.ReturnAsync(old.Id, old.Lease, null, failed: true, null, CancellationToken.None));
        Assert.False(await one.Tickets.EndAsync(old.Id, old.Lease, TicketState.Failed, null, null, CancellationToken.None));

        Assert.Equal([1], await other.Tickets.LoadCheckpointAsync(old.Id, CancellationToken.None));
        Assert.True(await other.Tickets.RenewAsync(old.Id, old.Lease + 1, TimeSpan.FromMinutes(1), CancellationToken.None));
    }

    [ContractFact]
    public async Task The_tickets_of_an_owner_that_is_no_node_are_taken_back_and_those_of_living_ones_are_not()
    {
        var (one, other) = await TwoAsync();
        await one.AddAsync("1", "a");
        await one.AddAsync("2", "b");
        await one.AddAsync("3", "c");
        await one.ClaimAsync("1");
        await one.Tickets.ClaimAsync("tk_2", "nobody", TimeSpan.FromMinutes(1), CancellationToken.None);
        await other.ClaimAsync("3", TimeSpan.FromMinutes(-2));

        Assert.Equal(2, await other.Tickets.RecoverAsync(TimeSpan.FromMinutes(1), CancellationToken.None));

        Assert.Equal(["tk_2", "tk_3"], (await other.Tickets.WaitingAsync(CancellationToken.None)).Select(t => t.Id));
        Assert.Equal(ClaimAnswer.Running, (await other.ClaimAsync("1")).Answer);
    }

    [ContractFact]
    public async Task An_outcome_is_kept_with_the_time_since_and_the_dead_letter_of_an_end_comes_with_it()
    {
        var node = await _harness.NodeAsync();
        await node.AddAsync("1");
        var run = (await node.ClaimAsync("1")).Ticket!;
        Assert.True(await node.Tickets.SaveOutcomeAsync(run.Id, run.Lease, """{"a":1}""", CancellationToken.None));
        await node.Tickets.ReturnAsync(run.Id, run.Lease, null, failed: false, null, CancellationToken.None);
        await node.Database.WriteAsync("age", c => { c.Run("UPDATE tickets SET outcome_at = outcome_at - 3600000"); }, CancellationToken.None);

        var again = (await node.ClaimAsync("1")).Ticket!;
        Assert.Equal("""{"a":1}""", again.Outcome);
        Assert.InRange(TimeProvider.System.GetUtcNow() - again.OutcomeAt!.Value, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
        var letter = new DeadLetter(0, "us_evt_1", "job:ready", "h", "not told", null, 2, run.Event, TimeProvider.System.GetUtcNow());
        Assert.True(await node.Tickets.EndAsync(again.Id, again.Lease, TicketState.Dead, "not told", letter, CancellationToken.None));

        var kept = Assert.Single(await node.Letters.ListAsync(10, CancellationToken.None));
        Assert.Null(await node.Tickets.LoadCheckpointAsync(again.Id, CancellationToken.None));
        Assert.Equal(0, await node.Tickets.PruneAsync(TimeSpan.FromHours(1), CancellationToken.None));
        await node.Database.WriteAsync("age", c => { c.Run("UPDATE tickets SET updated_at = updated_at - 3700000"); }, CancellationToken.None);
        Assert.Equal(0, await node.Tickets.PruneAsync(TimeSpan.FromHours(1), CancellationToken.None));
        await node.Letters.DropAsync([kept.Id], CancellationToken.None);
        Assert.Equal(1, await node.Tickets.PruneAsync(TimeSpan.FromHours(1), CancellationToken.None));
        Assert.Equal(0, await CountAsync(node, "runs"));
    }
}
