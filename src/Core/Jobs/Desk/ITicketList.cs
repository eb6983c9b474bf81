namespace Flatfile.Agent.Core.Jobs.Desk;

/// <summary>Reads tickets for people. Nothing here is needed to run them.</summary>
internal interface ITicketList
{
    /// <summary>A part of a shelf: those behind a number in its order, from the start without one.</summary>
    Task<TicketPage> ListAsync(TicketShelf shelf, long? behind, int limit, CancellationToken cancellationToken);

    Task<TicketCounts> CountAsync(CancellationToken cancellationToken);

    /// <summary>Lets a ticket that waits for its time be due now. False when it does not wait.</summary>
    Task<bool> HastenAsync(string id, CancellationToken cancellationToken);
}
