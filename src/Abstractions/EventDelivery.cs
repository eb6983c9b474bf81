namespace Flatfile.Agent;

/// <summary>One receipt of one event from a driver. Exactly one of complete, abandon and dead-letter is called, once.</summary>
public abstract class EventDelivery
{
    /// <summary>The event as UTF-8 JSON, not yet read.</summary>
    public abstract ReadOnlyMemory<byte> Body { get; }

    /// <summary>1 on the first delivery, as far as the source counts.</summary>
    public abstract int DeliveryCount { get; }

    /// <summary>W3C trace context of the sender, or null.</summary>
    public virtual string? TraceParent => null;

    /// <summary>The effect is durable: the source may forget the event.</summary>
    public abstract Task CompleteAsync(CancellationToken cancellationToken);

    /// <summary>Bring the event back after the delay.</summary>
    public abstract Task AbandonAsync(TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>The event is given up; a copy is already kept in the agent's own dead letters.</summary>
    public abstract Task DeadLetterAsync(string reason, CancellationToken cancellationToken);
}
