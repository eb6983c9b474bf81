using Contracts.Support;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Desk;

namespace Contracts.Store;

public abstract partial class AgentStoreContract
{
    [ContractFact]
    public async Task Tickets_are_listed_by_where_they_stand_page_by_page()
    {
        var node = await _harness.NodeAsync();
        await node.Nodes.EnterAsync(CancellationToken.None);
        for (var i = 0; i < 12; i++)
        {
            await node.AddAsync($"{i:00}", $"lane_{i}");
        }

        foreach (var (number, end) in new[] { ("00", TicketState.Completed), ("01", TicketState.Failed), ("02", TicketState.Dead), ("03", TicketState.Canceled), ("04", TicketState.Failed) })
        {
            var claim = await node.ClaimAsync(number);
            await node.Tickets.EndAsync("tk_" + number, claim.Ticket!.Lease, end, $"It ended {end}.", null, CancellationToken.None);
        }

        await node.ClaimAsync("05");
        await node.ClaimAsync("06");

        Assert.Equal(["tk_04", "tk_02", "tk_01"], await PagedAsync(node, TicketShelf.Failed, 2));
        Assert.Equal(["tk_05", "tk_06"], await PagedAsync(node, TicketShelf.Running, 1));
        Assert.Equal(["tk_07", "tk_08", "tk_09", "tk_10", "tk_11"], await PagedAsync(node, TicketShelf.Waiting, 2));
        var counts = await node.List.CountAsync(CancellationToken.None);
        Assert.Equal((2L, 5L, 3L), (counts.Running, counts.Waiting, counts.Failed));
        Assert.InRange(counts.OldestWaiting, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [ContractFact]
    public async Task A_listed_ticket_says_what_a_person_wants_to_know()
    {
        var node = await _harness.NodeAsync();
        await node.Nodes.EnterAsync(CancellationToken.None);
        var ticket = new JobTicket
        {
            Id = "tk_a", EventId = "us_evt_a", HandlerId = "h", Lane = "lane", JobId = "us_jb_a",
            Event = """{"id":"us_evt_a","topic":"job:ready","domain":"job","context":{"spaceId":"us_sp_1"},"payload":{}}"""u8.ToArray(),
        };
        await node.Tickets.AddAsync(ticket, CancellationToken.None);
        await node.Tickets.ClaimAsync("tk_a", node.Owner.Id, TimeSpan.FromMinutes(1), CancellationToken.None);

        var running = Assert.Single((await node.List.ListAsync(TicketShelf.Running, null, 10, CancellationToken.None)).Tickets);
        Assert.Equal(("us_jb_a", "job:ready", "us_sp_1", 1, TicketState.Running), (running.JobId, running.Topic, running.SpaceId, running.Attempt, running.State));
        Assert.Equal(node.Owner.Name, running.Node);
        Assert.InRange(running.StartedAt!.Value, TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddMinutes(1));

        await node.Tickets.EndAsync("tk_a", 1, TicketState.Failed, "The file is empty.", null, CancellationToken.None);
        var failed = Assert.Single((await node.List.ListAsync(TicketShelf.Failed, null, 10, CancellationToken.None)).Tickets);
        Assert.Equal(("The file is empty.", false, null, null), (failed.Reason, failed.IsRetried, failed.StartedAt, failed.Node));
        await node.Tickets.AddAsync(ticket with { Id = "tk_b", EventId = "us_evt_b" }, CancellationToken.None);
        Assert.True(Assert.Single((await node.List.ListAsync(TicketShelf.Failed, null, 10, CancellationToken.None)).Tickets).IsRetried);
    }

    [ContractFact]
    public async Task A_ticket_that_waits_for_its_time_can_be_made_due_and_no_other()
    {
        var node = await _harness.NodeAsync();
        await node.Nodes.EnterAsync(CancellationToken.None);
        await node.AddAsync("1");
        var claim = await node.ClaimAsync("1");
        Assert.False(await node.List.HastenAsync("tk_1", CancellationToken.None));
        await node.Tickets.ReturnAsync("tk_1", claim.Ticket!.Lease, TimeSpan.FromHours(1), failed: true, "It failed.", CancellationToken.None);
        Assert.InRange(
            Assert.Single((await node.List.ListAsync(TicketShelf.Waiting, null, 10, CancellationToken.None)).Tickets).NotBefore!.Value - TimeProvider.System.GetUtcNow(),
            TimeSpan.FromMinutes(58), TimeSpan.FromMinutes(62));
        Assert.Equal(ClaimAnswer.Early, (await node.ClaimAsync("1")).Answer);

        Assert.True(await node.List.HastenAsync("tk_1", CancellationToken.None));
        Assert.False(await node.List.HastenAsync("tk_2", CancellationToken.None));

        Assert.Equal(ClaimAnswer.Claimed, (await node.ClaimAsync("1")).Answer);
    }

    private static async Task<List<string>> PagedAsync(StoreNode node, TicketShelf shelf, int limit)
    {
        var ids = new List<string>();
        long? behind = null;
        do
        {
            var page = await node.List.ListAsync(shelf, behind, limit, CancellationToken.None);
            Assert.InRange(page.Tickets.Count, 1, limit);
            ids.AddRange(page.Tickets.Select(t => t.Id));
            behind = page.Next;
        }
        while (behind is not null);
        return ids;
    }
}
