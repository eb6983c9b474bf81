namespace Flatfile.Agent;

/// <summary>A driver that can also send events.</summary>
public interface IEventPublisher
{
    /// <summary>Returns when the source has stored the event durably.</summary>
    Task PublishAsync(FlatfileEvent @event, CancellationToken cancellationToken);
}
