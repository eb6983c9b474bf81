namespace Flatfile.Agent;

/// <summary>Puts events onto a bus. Implemented by drivers that can; chosen by <see cref="Name"/> as the target of the bridge.</summary>
public interface IEventPublisher
{
    /// <summary>The same name as the driver's.</summary>
    string Name { get; }

    /// <summary>
    /// Returns when the bus has all of them durably. Events of one ordering key keep their order in the list; nothing may be assumed
    /// about a list whose publication throws: any of its events may be on the bus, and the caller publishes all of them again.
    /// </summary>
    Task PublishAsync(IReadOnlyList<OutgoingEvent> events, CancellationToken cancellationToken);
}
