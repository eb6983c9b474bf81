namespace Flatfile.Agent.Core.Store;

/// <summary>One event of a durable queue.</summary>
/// <param name="Position">Its place in the queue; 0 before it is stored.</param>
/// <param name="Id">The event's own id.</param>
/// <param name="Topic">The event's topic.</param>
/// <param name="OrderingKey">Events of one key leave the queue in order.</param>
/// <param name="Body">The event as UTF-8 JSON.</param>
/// <param name="TraceParent">W3C trace context, or null.</param>
internal sealed record QueuedEvent(long Position, string Id, string Topic, string OrderingKey, ReadOnlyMemory<byte> Body, string? TraceParent)
{
    /// <summary>An event not stored yet.</summary>
    public static QueuedEvent Of(FlatfileEvent @event, ReadOnlyMemory<byte> body, string? traceParent) =>
        new(0, @event.Id, @event.Topic, @event.OrderingKey, body, traceParent);
}
