namespace Flatfile.Agent.Core.Store;

/// <summary>What was given up and waits for a person. Letters that wait are kept for ever; the others for a while.</summary>
public interface IDeadLetters
{
    /// <summary>Keeps one durably and marks its event as done for its handler, in one write.</summary>
    Task AddAsync(DeadLetter letter, CancellationToken cancellationToken);

    /// <summary>Those that wait, the newest first.</summary>
    Task<IReadOnlyList<DeadLetter>> ListAsync(int limit, CancellationToken cancellationToken);

    /// <summary>A page of those meant, the newest first.</summary>
    /// <param name="filter">Which are meant.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="before">Where the page before ended; null for the first.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<DeadLetterPage> FindAsync(DeadLetterFilter filter, int limit, long? before, CancellationToken cancellationToken);

    /// <summary>How many are meant.</summary>
    Task<long> CountAsync(DeadLetterFilter filter, CancellationToken cancellationToken);

    /// <summary>The numbers of those meant, the oldest first.</summary>
    Task<IReadOnlyList<long>> NumbersAsync(DeadLetterFilter filter, int limit, CancellationToken cancellationToken);

    /// <summary>The letter of a number, however it stands; null when there is none (any more).</summary>
    Task<DeadLetter?> GetAsync(long id, CancellationToken cancellationToken);

    /// <summary>Gives letters up for good, also those whose replay is asked for; their handlers never get the events. Returns those that were waiting.</summary>
    Task<IReadOnlyList<long>> DropAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <summary>Forgets letters replayed or dropped before a time. Returns how many.</summary>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
