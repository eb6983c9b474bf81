using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Desk;
using Flatfile.Agent.Core.Store;

namespace Contracts.Store;

/// <summary>The store as one agent sees it.</summary>
internal sealed record StoreNode(AgentDatabase Database, AgentOwner Owner, INodes Nodes)
{
    public IInbox Inbox { get; } = StoredInbox.Of(Database, Owner, TimeProvider.System);

    public ITicketStore Tickets { get; } = new StoredTickets(Database, TimeProvider.System);

    public ITicketList List { get; } = new StoredTicketList(Database, TimeProvider.System);

    public IDeadLetters Letters { get; } = new StoredDeadLetters(Database, TimeProvider.System);

    public IEventQueue Queue { get; } = new StoredEventQueue(Database);

    public ILeases Leases { get; } = new StoredLeases(Database);

    public IPayloads Payloads { get; } = new StoredPayloads(Database);

    public IDriverCursors Cursors { get; } = new StoredCursors(Database, TimeProvider.System);

    public async Task<JobTicket> AddAsync(string number, string lane = "lane")
    {
        var ticket = new JobTicket
        {
            Id = "tk_" + number,
            EventId = "us_evt_" + number,
            HandlerId = "h",
            Lane = lane,
            JobId = "us_jb_" + number,
            Event = "{}"u8.ToArray(),
        };
        await Tickets.AddAsync(ticket, CancellationToken.None);
        return ticket;
    }

    /// <summary>One claim of handler <c>h</c>.</summary>
    public async Task<InboxClaim> TakeAsync(string eventId) => (await Inbox.ClaimAsync(eventId, ["h"], CancellationToken.None))[0];

    /// <summary>The events the inbox knows.</summary>
    public Task<List<string>> KnownAsync() =>
        Database.ReadAsync(c => c.Query("SELECT event_id FROM inbox ORDER BY event_id", r => r.GetString(0)), CancellationToken.None);

    public Task<TicketClaim> ClaimAsync(string number, TimeSpan? lease = null) =>
        Tickets.ClaimAsync("tk_" + number, Owner.Id, lease ?? TimeSpan.FromMinutes(1), CancellationToken.None);
}
