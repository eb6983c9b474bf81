namespace Flatfile.Agent.Core.Store;

/// <summary>Durable queues of events, by name: what was accepted from outside and is not handled yet, or not on its bus yet.</summary>
internal interface IEventQueue
{
    /// <summary>Durable when it returns. An event whose id waits in the queue already is not stored again.</summary>
    /// <remarks>
    /// The id of an event that has left the queue is not remembered here: the inbox remembers per handler what was done, for far longer,
    /// so a late double runs no handler again, and a bus gets it under the message id it had before.
    /// </remarks>
    /// <exception cref="LeaseGoneException">The lease it was to be stored under is gone; nothing was stored.</exception>
    Task<QueueAnswer> AppendAsync(string queue, QueueEntry entry, CancellationToken cancellationToken);

    /// <summary>
    /// The first events that are not excluded, in order, as many as fit into both limits but at least one. There is no cursor: with several
    /// writers a lower place may become visible after a higher one, and it is found here all the same.
    /// </summary>
    Task<IReadOnlyList<QueuedEvent>> ReadAsync(string queue, IReadOnlySet<long> except, int limit, long maxBytes, CancellationToken cancellationToken);

    /// <summary>Takes events out, durably when it returns.</summary>
    /// <exception cref="LeaseGoneException">The lease is gone; nothing was removed.</exception>
    Task RemoveAsync(string queue, IReadOnlyCollection<long> positions, Lease? under, CancellationToken cancellationToken);

    /// <summary>How much waits.</summary>
    Task<QueueSize> MeasureAsync(string queue, CancellationToken cancellationToken);

    /// <summary>Forgets the names of entries that came longer ago. Returns how many.</summary>
    Task<int> PruneEntriesAsync(string queue, TimeSpan age, CancellationToken cancellationToken);

    /// <summary>Completes with the next entry this process adds. Ask before reading, so that nothing is added unseen between the two.</summary>
    Task NextAddition(string queue);
}
