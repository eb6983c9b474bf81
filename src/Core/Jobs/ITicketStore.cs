namespace Flatfile.Agent.Core.Jobs;

/// <summary>The durable truth about tickets. Every write after a claim carries the claim's lease and answers false when another claim came since.</summary>
internal interface ITicketStore
{
    /// <summary>Stores a ticket unless its event and handler have one. Returns the id of the stored one and whether it is the first open one of its lane.</summary>
    Task<(string Id, bool IsFirst)> AddAsync(JobTicket ticket, CancellationToken cancellationToken);

    /// <summary>Takes a due ticket for one run: attempt and lease grow and are durable when this returns. The lease lasts by the store's clock.</summary>
    Task<TicketClaim> ClaimAsync(string id, string owner, TimeSpan length, CancellationToken cancellationToken);

    /// <summary>The run lives: its lease lasts that long from now.</summary>
    Task<bool> RenewAsync(string id, long lease, TimeSpan length, CancellationToken cancellationToken);

    /// <summary>The same for many runs, on the calling thread, without any thread of the pool. Returns the ids of those that still own their tickets.</summary>
    IReadOnlySet<string> RenewNow(IReadOnlyCollection<(string Id, long Lease)> runs, TimeSpan length);

    /// <summary>Stores how the handler ended, before Flatfile is told.</summary>
    Task<bool> SaveOutcomeAsync(string id, long lease, string outcome, CancellationToken cancellationToken);

    /// <summary>Puts the ticket back to wait; its run ended in order.</summary>
    Task<bool> ReturnAsync(string id, long lease, TimeSpan? delay, bool failed, string? reason, CancellationToken cancellationToken);

    /// <summary>Puts the ticket back as if it had not been claimed: no handler ran, and no attempt is counted.</summary>
    Task<bool> ParkAsync(string id, long lease, TimeSpan delay, string reason, CancellationToken cancellationToken);

    /// <summary>What waits of a job's tickets for its time need not wait any longer. Returns their ids.</summary>
    Task<IReadOnlyList<string>> WakeAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>Of these Flatfile jobs those that have a ticket which has not ended.</summary>
    Task<IReadOnlySet<string>> OpenAsync(IReadOnlyCollection<string> jobIds, CancellationToken cancellationToken);

    /// <summary>Ends the ticket, with a dead letter when one is given.</summary>
    Task<bool> EndAsync(string id, long lease, TicketState state, string? reason, Store.DeadLetter? letter, CancellationToken cancellationToken);

    /// <summary>The ticket of an id, or null.</summary>
    Task<JobTicket?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The first open ticket of a lane, or null.</summary>
    Task<JobTicket?> FirstOfLaneAsync(string lane, CancellationToken cancellationToken);

    /// <summary>Takes back tickets whose owner is no node any more, and those whose lease ran out longer ago. Returns how many.</summary>
    Task<int> RecoverAsync(TimeSpan overdue, CancellationToken cancellationToken);

    /// <summary>The first open ticket of every lane that waits.</summary>
    Task<IReadOnlyList<JobTicket>> WaitingAsync(CancellationToken cancellationToken);

    /// <summary>The saved state of a ticket, or null.</summary>
    Task<byte[]?> LoadCheckpointAsync(string id, CancellationToken cancellationToken);

    /// <summary>Saves the state of a ticket; deaths before it no longer count.</summary>
    Task<bool> SaveCheckpointAsync(string id, long lease, byte[] state, CancellationToken cancellationToken);

    /// <summary>Forgets tickets that ended that long ago.</summary>
    Task<int> PruneAsync(TimeSpan age, CancellationToken cancellationToken);
}
