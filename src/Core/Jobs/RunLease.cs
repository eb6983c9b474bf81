using Flatfile.Api;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>What a run knows of its right to its ticket, without asking: until when nobody else can have it.</summary>
/// <param name="ticket">As claimed.</param>
/// <param name="tickets">Asked when the time may be over.</param>
/// <param name="claimedAt">The timestamp from before the claim.</param>
/// <param name="length">How long a claim or a renewal lasts.</param>
/// <param name="time">The clock.</param>
internal sealed class RunLease(JobTicket ticket, ITicketStore tickets, long claimedAt, TimeSpan length, TimeProvider time)
{
    // What is left must do for a request that has been let pass to arrive.
    private readonly TimeSpan _sure = length * 0.8;
    private readonly Lock _lock = new();
    private long _since = claimedAt;
    private DateTimeOffset _sinceClock = time.GetUtcNow();

    public JobTicket Ticket => ticket;

    /// <summary>The value of the header by which Flatfile knows the run.</summary>
    public string Fence { get; } = RunFenceHeader.Write(ticket.JobId, ticket.Fence);

    /// <summary>True while nobody else can have the ticket.</summary>
    public bool IsSure => Age < _sure;

    /// <summary>True when somebody else may have it.</summary>
    public bool IsOver => Age > length;

    // A machine that sleeps stops the one clock, and a person sets the other: the longer time counts.
    private TimeSpan Age
    {
        get
        {
            lock (_lock)
            {
                var (passed, told) = (time.GetElapsedTime(_since), time.GetUtcNow() - _sinceClock);
                return passed > told ? passed : told;
            }
        }
    }

    /// <summary>A renewal that was asked for then was granted.</summary>
    public void Renewed(long asked, DateTimeOffset askedClock)
    {
        lock (_lock)
        {
            if (asked > _since)
            {
                (_since, _sinceClock) = (asked, askedClock);
            }
        }
    }

    /// <summary>True when the run owns its ticket: known, or asked for now.</summary>
    public async Task<bool> EnsureAsync(CancellationToken cancellationToken)
    {
        if (IsSure)
        {
            return true;
        }

        var (asked, clock) = (time.GetTimestamp(), time.GetUtcNow());
        if (!await tickets.RenewAsync(ticket.Id, ticket.Lease, length, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        Renewed(asked, clock);
        return true;
    }
}
