using System.Collections.Concurrent;
using Contracts.Support;
using Flatfile.Agent.Core.Jobs;

namespace Contracts.Jobs;

/// <summary>Real tickets in the agent's store, run through the engine by two nodes where it is shared.</summary>
public abstract partial class JobEngineContract
{
    [ContractFact]
    public async Task Tickets_of_a_lane_are_run_in_order_and_one_at_a_time()
    {
        var inHand = new ConcurrentDictionary<string, int>();
        var order = new ConcurrentQueue<JobTicket>();
        var overlaps = 0;
        async Task<TimeSpan?> Work(JobTicket ticket)
        {
            if (inHand.AddOrUpdate(ticket.Lane, 1, (_, n) => n + 1) > 1)
            {
                Interlocked.Increment(ref overlaps);
            }

            order.Enqueue(ticket);
            await Task.Delay(5);
            inHand.AddOrUpdate(ticket.Lane, 0, (_, n) => n - 1);
            return null;
        }

        var node = await TicketNodesAsync(Work);
        var tickets = Enumerable.Range(0, 24).Select(i => Ticket($"tk_{i:00}", $"lane {i % 3}")).ToList();
        foreach (var ticket in tickets)
        {
            await AddAsync(node, ticket);
        }

        await Signal.UntilAsync(() => Task.FromResult(order.Count >= tickets.Count), "all tickets to be run");

        Assert.Equal(0, overlaps);
        Assert.All(order.GroupBy(t => t.Lane), lane => Assert.Equal(lane.Select(t => t.Id).Order(StringComparer.Ordinal), lane.Select(t => t.Id)));
        Assert.Equal(tickets.Count, order.Count);
    }

    [ContractFact]
    [Trait("Row", "J-12")]
    public async Task A_ticket_put_back_with_a_pause_is_run_again_after_it()
    {
        var times = new Arrivals<(int Attempt, long At)>("runs");
        var pause = TimeSpan.FromSeconds(1.2);
        var node = await TicketNodesAsync(ticket =>
        {
            times.Add((ticket.Attempt, TimeProvider.System.GetTimestamp()));
            return Task.FromResult<TimeSpan?>(ticket.Attempt < 3 ? pause : null);
        });

        await AddAsync(node, Ticket("tk_1", "lane"));
        var runs = await times.WaitForAsync(3);

        Assert.Equal([1, 2, 3], runs.Select(r => r.Attempt));
        Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.InRange(
            TimeProvider.System.GetElapsedTime(pair.First.At, pair.Second.At), pause - TimeSpan.FromMilliseconds(50), pause + TimeSpan.FromSeconds(3)));
    }

    [ContractFact]
    [Trait("Row", "J-24")]
    public async Task A_ticket_whose_owner_died_goes_on_before_the_fresh_ones_that_wait()
    {
        var order = new Arrivals<string>("runs");
        var node = await _harness.TicketNodeAsync(async ticket =>
        {
            order.Add(ticket.Id);
            await Task.Delay(20);
            return null;
        });
        await node.Tickets.AddAsync(Ticket("tk_orphan", "lane of the orphan"), CancellationToken.None);
        await node.Tickets.ClaimAsync("tk_orphan", "a dead node", TimeSpan.FromMilliseconds(1), CancellationToken.None);
        foreach (var id in Names(40))
        {
            await AddAsync(node, Ticket(id, id));
        }

        Assert.Equal(1, await node.Tickets.RecoverAsync(TimeSpan.Zero, CancellationToken.None));
        Assert.Equal(1, await node.Arming.ArmAllAsync(CancellationToken.None));
        await node.StartAsync();
        var runs = await order.WaitForAsync(41);

        Assert.InRange(runs.ToList().IndexOf("tk_orphan"), 0, JobEngineHarness.MaxConcurrentJobs - 1);
    }

    [ContractFact]
    public async Task What_the_engine_has_already_is_not_handed_over_again()
    {
        var node = await _harness.TicketNodeAsync(_ => Task.FromResult<TimeSpan?>(null));
        foreach (var id in Names(5))
        {
            await AddAsync(node, Ticket(id, id));
        }

        await node.CancelAsync("tk_03");

        Assert.Equal(1, await node.Arming.ArmAllAsync(CancellationToken.None));
        Assert.Equal(0, await node.Arming.ArmAllAsync(CancellationToken.None));
    }

    private static JobTicket Ticket(string id, string lane) => new()
    {
        Id = id,
        EventId = "us_evt_" + id,
        HandlerId = "handler",
        Lane = lane,
        JobId = "us_jb_" + id,
        Event = System.Text.Encoding.UTF8.GetBytes($$"""{"id":"us_evt_{{id}}","topic":"job:ready","domain":"job","payload":{},"context":{"spaceId":"us_sp_1","jobId":"us_jb_{{id}}" } }"""),
    };

    private static async Task AddAsync(EngineNode node, JobTicket ticket)
    {
        if ((await node.Tickets.AddAsync(ticket, CancellationToken.None)).IsFirst)
        {
            await node.Arming.ArmAsync(ticket, CancellationToken.None);
        }
    }

    /// <summary>Two nodes that work where the engine is shared, else one. The first is returned.</summary>
    private async Task<EngineNode> TicketNodesAsync(Func<JobTicket, Task<TimeSpan?>> work)
    {
        var node = await _harness.TicketNodeAsync(work);
        await node.StartAsync();
        if (_harness.IsShared)
        {
            await (await _harness.TicketNodeAsync(work)).StartAsync();
        }

        return node;
    }
}
