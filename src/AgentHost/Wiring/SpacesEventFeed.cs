using Flatfile.Agent.Core.Drivers.InProcess;
using Flatfile.Spaces;

namespace Flatfile.Agent.Host.Wiring;

/// <summary>The event log of Spaces, as the in-process driver reads it.</summary>
internal sealed class SpacesEventFeed(ISpacesEventLog log) : IEventFeed
{
    private const int UnsettledAtMost = 100_000;

    public async Task<IReadOnlyList<FeedEvent>> ReadAfterAsync(long position, int limit, CancellationToken cancellationToken)
    {
        // What was read and is not yet settled is read again after a crash.
        log.KeepAfter(nameof(SpacesEventFeed), Math.Max(0, position - UnsettledAtMost));
        var events = await log.ReadAfterAsync(position, limit, cancellationToken);
        return [.. events.Select(e => new FeedEvent(e.Position, e.Body))];
    }

    public Task WaitAsync(long position, CancellationToken cancellationToken) => log.WaitAsync(position, cancellationToken);
}
