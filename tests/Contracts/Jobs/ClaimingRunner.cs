using System.Collections.Concurrent;
using Contracts.Support;
using Flatfile.Agent.Core.Jobs;

namespace Contracts.Jobs;

/// <summary>A runner on real tickets: claims, works, and ends the ticket or puts it back; then hands over the next of the lane.</summary>
internal sealed class ClaimingRunner(ITicketStore tickets, TicketArming arming, AgentOwner owner, Func<JobTicket, Task<TimeSpan?>> work) : IJobRunner
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>The tickets claimed, in order.</summary>
    public Arrivals<JobTicket> Claims { get; } = new("claims");

    /// <summary>What was asked for and not given.</summary>
    public ConcurrentQueue<ClaimAnswer> Refusals { get; } = new();

    public async Task RunAsync(string ticketId, CancellationToken cancellationToken)
    {
        var (answer, ticket) = await tickets.ClaimAsync(ticketId, owner.Current.Id, Lease, CancellationToken.None);
        if (answer == ClaimAnswer.Early)
        {
            await arming.ArmAsync(ticket!, CancellationToken.None);
            return;
        }

        if (answer != ClaimAnswer.Claimed)
        {
            Refusals.Enqueue(answer);
            return;
        }

        Claims.Add(ticket!);
        if (await work(ticket!) is { } delay)
        {
            await tickets.ReturnAsync(ticket!.Id, ticket.Lease, delay, failed: true, "again", CancellationToken.None);
        }
        else
        {
            await tickets.EndAsync(ticket!.Id, ticket.Lease, TicketState.Completed, "done", null, CancellationToken.None);
        }

        await arming.ArmLaneAsync(ticket.Lane, CancellationToken.None);
    }
}
