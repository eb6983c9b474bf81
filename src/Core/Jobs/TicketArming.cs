using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>Hands tickets to the engine. A ticket the engine could not take is found again by the reconciler.</summary>
internal sealed partial class TicketArming(ITicketStore tickets, SelectedEngine engine, ILogger<TicketArming> log)
{
    public async Task ArmAsync(string ticketId, DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Engine.EnqueueAsync(ticketId, notBefore, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotArmed(log, fault, ticketId);
        }
    }

    /// <summary>Hands over the ticket that is now the first of its lane.</summary>
    public async Task ArmLaneAsync(string lane, CancellationToken cancellationToken)
    {
        if (await tickets.FirstOfLaneAsync(lane, cancellationToken).ConfigureAwait(false) is { State: TicketState.Waiting } first)
        {
            await ArmAsync(first.Id, first.NotBefore, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Hands over the first ticket of every lane; those the engine has already are only moved.</summary>
    public async Task<int> ArmAllAsync(CancellationToken cancellationToken)
    {
        var waiting = await tickets.WaitingAsync(cancellationToken).ConfigureAwait(false);
        foreach (var ticket in waiting)
        {
            await ArmAsync(ticket.Id, ticket.NotBefore, cancellationToken).ConfigureAwait(false);
        }

        return waiting.Count;
    }
}
