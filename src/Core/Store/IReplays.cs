namespace Flatfile.Agent.Core.Store;

/// <summary>The durable side of replaying dead letters: what is asked for is done, whatever happens in between.</summary>
internal interface IReplays
{
    /// <summary>Asks for the replay of open letters and lets their handlers forget that they were done, in one write. Returns those that were open.</summary>
    /// <param name="ids">The letters.</param>
    /// <param name="edited">The event to send instead; kept beside the original.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<IReadOnlyList<long>> AskAsync(IReadOnlyCollection<long> ids, ReadOnlyMemory<byte>? edited, CancellationToken cancellationToken);

    /// <summary>The letters whose replay is asked for, in the order of asking, each with its space.</summary>
    Task<IReadOnlyList<(long Id, string? SpaceId)>> NextAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Whether the ticket of an event and handler has ended with an end that Flatfile was not told.</summary>
    Task<bool> HasUntoldEndAsync(string? eventId, string? handlerId, CancellationToken cancellationToken);

    /// <summary>
    /// Puts the ended ticket of a letter back to the end of its lane and marks the letter replayed, in one write. An end that was only not told
    /// stays and is told again; a changed event runs the handler anew. Returns the lane, or null when the letter has no ticket.
    /// </summary>
    Task<string?> RequeueAsync(DeadLetter letter, CancellationToken cancellationToken);

    /// <summary>Marks a letter replayed when its handler is done with the event; else it waits again, with a note why. True when it is replayed.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="settled">Whether the pipeline settled the event.</param>
    /// <param name="whyNot">The note.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<bool> FinishAsync(DeadLetter letter, bool settled, string whyNot, CancellationToken cancellationToken);
}
