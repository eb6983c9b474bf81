namespace Flatfile.Agent.Core.Store;

/// <summary>What was given up and waits for a person.</summary>
public interface IDeadLetters
{
    /// <summary>Keeps one durably and marks its event as done for its handler, in one write.</summary>
    Task AddAsync(DeadLetter letter, CancellationToken cancellationToken);

    /// <summary>Those not replayed yet, the newest first.</summary>
    Task<IReadOnlyList<DeadLetter>> ListAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Takes one out to be handled again; its handler forgets that it was done. Null when there is none of this number.</summary>
    Task<DeadLetter?> TakeAsync(long id, CancellationToken cancellationToken);
}
