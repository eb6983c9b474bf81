namespace Flatfile.Agent.Core.Jobs;

/// <summary>The row behind a ticket id.</summary>
internal sealed record JobTicket
{
    public required string Id { get; init; }

    public required string EventId { get; init; }

    public required string HandlerId { get; init; }

    public required string Lane { get; init; }

    /// <summary>The Flatfile job.</summary>
    public required string JobId { get; init; }

    /// <summary>The event as received.</summary>
    public required ReadOnlyMemory<byte> Event { get; init; }

    public string? TraceParent { get; init; }

    public TicketState State { get; init; }

    /// <summary>Runs begun.</summary>
    public int Attempt { get; init; }

    /// <summary>Runs that threw.</summary>
    public int Failures { get; init; }

    /// <summary>Runs begun since the last checkpoint or orderly end; more than one means the process died.</summary>
    public int Fatal { get; init; }

    /// <summary>Grows with every claim; a write with an older number changes nothing.</summary>
    public long Lease { get; init; }

    /// <summary>
    /// The number of the run for Flatfile: it grows with every claim like the lease, and from ticket to ticket of a job too, as it follows the
    /// store's clock. Zero until the ticket is claimed.
    /// </summary>
    public long Fence { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The end as JSON once the handler has ended; from then on only Flatfile is to be told.</summary>
    public string? Outcome { get; init; }

    public DateTimeOffset? OutcomeAt { get; init; }

    public string? Reason { get; init; }
}
