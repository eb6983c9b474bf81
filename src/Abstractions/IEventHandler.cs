namespace Flatfile.Agent;

/// <summary>Handles events inline, in the order of their lane. For work of seconds; longer work is an <see cref="IJobHandler"/>.</summary>
/// <remarks>
/// Bound to topics by <see cref="OnAttribute"/>. Made anew for each event; constructor parameters come from dependency injection.
/// The same event can arrive again after a crash: the effect must be safe to repeat.
/// An exception is retried by policy and ends in a dead letter; it never stops other handlers of the same event.
/// </remarks>
public interface IEventHandler
{
    /// <summary>Handles one event. The event is settled only after this returns.</summary>
    Task HandleAsync(EventContext context, CancellationToken cancellationToken);
}
