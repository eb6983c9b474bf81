namespace Flatfile.Spaces;

/// <summary>The durable log of all events, for drivers in the same process. Events of one space stand in the order of their commits.</summary>
public interface ISpacesEventLog
{
    /// <summary>The position of the newest event; 0 when there is none.</summary>
    long Position { get; }

    /// <summary>Events after a position, oldest first. Empty when there are none yet.</summary>
    Task<IReadOnlyList<SpacesEvent>> ReadAfterAsync(long position, int limit, CancellationToken cancellationToken);

    /// <summary>Completes as soon as there is an event after the position.</summary>
    Task WaitAsync(long position, CancellationToken cancellationToken);

    /// <summary>Says how far a reader is: later events are kept for it, however old they are. Said again as it gets on.</summary>
    void KeepAfter(string reader, long position);
}
