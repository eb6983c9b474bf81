namespace Flatfile.Agent;

/// <summary>One event on its way to a bus.</summary>
public sealed record OutgoingEvent
{
    /// <summary>The event's own id; becomes the message id, so that a bus that drops doubles can.</summary>
    public required string Id { get; init; }

    /// <summary>The event's topic; becomes a message property that subscription rules can look at.</summary>
    public required string Topic { get; init; }

    /// <summary>Events of one key are delivered in the order they were published: the space, else the environment. May be empty.</summary>
    public required string OrderingKey { get; init; }

    /// <summary>The event as UTF-8 JSON.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>W3C trace context, or null.</summary>
    public string? TraceParent { get; init; }

    /// <summary>How an event travels: its id, topic and ordering key are read from it.</summary>
    public static OutgoingEvent Of(FlatfileEvent @event, ReadOnlyMemory<byte> body, string? traceParent = null) => new()
    {
        Id = @event.Id,
        Topic = @event.Topic,
        OrderingKey = @event.OrderingKey,
        Body = body,
        TraceParent = traceParent,
    };
}
