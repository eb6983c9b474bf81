namespace Flatfile.Agent.Core.Drivers.InProcess;

/// <summary>A durable, ordered log of events in the same process, read by position.</summary>
/// <remarks>
/// A position that was once readable must not be filled in later behind a higher one: the driver never looks back beyond its cursor.
/// </remarks>
public interface IEventFeed
{
    /// <summary>The next events after a position in ascending order, at most <paramref name="limit"/>; empty when there are none yet.</summary>
    Task<IReadOnlyList<FeedEvent>> ReadAfterAsync(long position, int limit, CancellationToken cancellationToken);

    /// <summary>Returns when an event after the position may be there.</summary>
    Task WaitAsync(long position, CancellationToken cancellationToken);
}
