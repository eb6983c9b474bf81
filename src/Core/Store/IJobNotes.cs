namespace Flatfile.Agent.Core.Store;

/// <summary>What the machine itself must still know of a job after a crash, beside the handler's own checkpoint: pages done, parts made, inserts on their way. Gone with the ticket's end.</summary>
internal interface IJobNotes
{
    /// <summary>What stands under a name, or null.</summary>
    Task<byte[]?> LoadAsync(string ticketId, string name, CancellationToken cancellationToken);

    /// <summary>Whether a checkpoint of the ticket, or another note with which the run got ahead, was written after the one of this name.</summary>
    Task<bool> IsBehindAsync(string ticketId, string name, CancellationToken cancellationToken);

    /// <summary>Writes it durably in place of what stood there. False when another run owns the ticket.</summary>
    /// <param name="ticketId">The ticket.</param>
    /// <param name="lease">The run's.</param>
    /// <param name="name">Under which it stands.</param>
    /// <param name="state">What is written.</param>
    /// <param name="gotAhead">True when the run has got ahead, as with a checkpoint: deaths before it no longer count.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    Task<bool> SaveAsync(string ticketId, long lease, string name, byte[] state, bool gotAhead, CancellationToken cancellationToken);
}
