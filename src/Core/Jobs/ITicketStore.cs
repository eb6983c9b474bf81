namespace Flatfile.Agent.Core.Jobs;

/// <summary>The durable truth about tickets. Every write after a claim carries the claim's lease and answers false when another claim came since.</summary>
internal interface ITicketStore
{
    /// <summary>Stores a ticket unless its event and handler have one. Returns the id of the stored one and whether it is the first open one of its lane.</summary>
    Task<(string Id, bool IsFirst)> AddAsync(JobTicket ticket, CancellationToken cancellationToken);

    /// <summary>Takes a due ticket for one run: attempt and lease grow and are durable when this returns.</summary>
    Task<TicketClaim> ClaimAsync(string id, string owner, DateTimeOffset leaseUntil, CancellationToken cancellationToken);

    /// <summary>The run lives.</summary>
    Task<bool> RenewAsync(string id, long lease, DateTimeOffset leaseUntil, CancellationToken cancellationToken);

    /// <summary>Stores how the handler ended, before Flatfile is told.</summary>
    Task<bool> SaveOutcomeAsync(string id, long lease, string outcome, CancellationToken cancellationToken);

    /// <summary>Puts the ticket back to wait; its run ended in order.</summary>
    Task<bool> ReturnAsync(string id, long lease, DateTimeOffset? notBefore, bool failed, string? reason, CancellationToken cancellationToken);

    /// <summary>Ends the ticket, with a dead letter when one is given.</summary>
    Task<bool> EndAsync(string id, long lease, TicketState state, string? reason, Store.DeadLetter? letter, CancellationToken cancellationToken);

    /// <summary>The first open ticket of a lane, or null.</summary>
    Task<JobTicket?> FirstOfLaneAsync(string lane, CancellationToken cancellationToken);

    /// <summary>Takes back tickets whose lease ran out before a time, and those of other owners when these are known to be dead. Returns how many.</summary>
    Task<int> RecoverAsync(string owner, DateTimeOffset expiredAt, bool othersAreDead, CancellationToken cancellationToken);

    /// <summary>The first open ticket of every lane that waits.</summary>
    Task<IReadOnlyList<JobTicket>> WaitingAsync(CancellationToken cancellationToken);

    /// <summary>The saved state of a ticket, or null.</summary>
    Task<byte[]?> LoadCheckpointAsync(string id, CancellationToken cancellationToken);

    /// <summary>Saves the state of a ticket; deaths before it no longer count.</summary>
    Task<bool> SaveCheckpointAsync(string id, long lease, byte[] state, CancellationToken cancellationToken);

    /// <summary>Forgets tickets that ended before a time.</summary>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
