using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>Hands tickets to the engine. A ticket the engine could not take is found again by the reconciler.</summary>
internal sealed partial class TicketArming(ITicketStore tickets, SelectedEngine engine, TimeProvider time, ILogger<TicketArming> log)
{
    /// <summary>The least by which an engine's time must differ from the ticket's to be set anew: the one is counted by the database's clock.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    /// <summary>Hands over a ticket of which only the id is at hand.</summary>
    public Task ArmAsync(string ticketId, DateTimeOffset? notBefore, CancellationToken cancellationToken) =>
        ArmAsync(new EngineTicket(ticketId) { NotBefore = notBefore }, cancellationToken);

    public Task ArmAsync(JobTicket ticket, CancellationToken cancellationToken) => ArmAsync(EngineTicket.Of(ticket), cancellationToken);

    /// <summary>Hands over the ticket that is now the first of its lane.</summary>
    public async Task ArmLaneAsync(string lane, CancellationToken cancellationToken)
    {
        if (await tickets.FirstOfLaneAsync(lane, cancellationToken).ConfigureAwait(false) is { State: TicketState.Waiting } first)
        {
            await ArmAsync(first, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Hands over the first ticket of every lane that the engine does not have waiting for its time already. Returns how many.</summary>
    /// <remarks>One that was begun and is due is always handed over: the engine may still have it from before its run, behind all that is fresh.</remarks>
    public async Task<int> ArmAllAsync(CancellationToken cancellationToken)
    {
        var waiting = await tickets.WaitingAsync(cancellationToken).ConfigureAwait(false);
        var known = waiting.Count == 0 ? [] : await KnownAsync(cancellationToken).ConfigureAwait(false);
        var armed = 0;
        foreach (var ticket in waiting.Where(t => IsBegunAndDue(t) || !known.TryGetValue(t.Id, out var due) || Differ(due, t.NotBefore)))
        {
            await ArmAsync(ticket, cancellationToken).ConfigureAwait(false);
            armed++;
        }

        return armed;
    }

    private async Task ArmAsync(EngineTicket ticket, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Engine.EnqueueAsync(ticket, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotArmed(log, fault, ticket.Id);
        }
    }

    private async Task<Dictionary<string, DateTimeOffset?>> KnownAsync(CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
        foreach (var entry in await engine.Engine.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!entry.IsRunning)
            {
                known[entry.TicketId] = entry.NotBefore;
            }
        }

        return known;
    }

    private bool IsBegunAndDue(JobTicket ticket) => ticket.Attempt > 0 && !(ticket.NotBefore > time.GetUtcNow());

    /// <summary>Times that have passed are all the same.</summary>
    private bool Differ(DateTimeOffset? one, DateTimeOffset? other)
    {
        var now = time.GetUtcNow();
        return (Later(one) - Later(other)).Duration() > Tolerance;

        DateTimeOffset Later(DateTimeOffset? due) => due > now ? due.Value : now;
    }
}
