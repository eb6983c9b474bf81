using Flatfile.Agent.Core.Drivers.InProcess;
using Flatfile.Spaces;

namespace Flatfile.Agent.Host.Wiring;

/// <summary>The event log of Spaces, as the in-process driver reads it.</summary>
internal sealed class SpacesEventFeed(ISpacesEventLog log) : IEventFeed
{
    public async Task<IReadOnlyList<FeedEvent>> ReadAfterAsync(long position, int limit, CancellationToken cancellationToken)
    {
        var events = await log.ReadAfterAsync(position, limit, cancellationToken);
        return [.. events.Select(e => new FeedEvent(e.Position, e.Body))];
    }

    public Task WaitAsync(long position, CancellationToken cancellationToken) => log.WaitAsync(position, cancellationToken);
}
