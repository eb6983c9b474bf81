namespace Flatfile.Agent.Core.Store;

/// <summary>What is put into a queue in one durable write: all of it or nothing.</summary>
/// <param name="Events">The events in order.</param>
internal sealed record QueueEntry(IReadOnlyList<QueuedEvent> Events)
{
    /// <summary>What came along and is no event.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters { get; init; } = [];

    /// <summary>The sender's name for the whole entry: one of the same name is not stored again while it is remembered.</summary>
    public string? EntryId { get; init; }

    /// <summary>When set, nothing is stored unless this lease is still held.</summary>
    public Lease? Under { get; init; }
}
