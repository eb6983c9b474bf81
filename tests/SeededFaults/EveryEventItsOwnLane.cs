using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Agent;

namespace SeededFaults;

/// <summary>Gives every event a space of its own, so that no two are in one lane.</summary>
internal sealed class EveryEventItsOwnLane(IEventDriver inner) : IEventDriver
{
    public string Name => inner.Name;

    public Task ReceiveAsync(Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken) =>
        inner.ReceiveAsync((delivery, token) => onDelivery(new Scattered(delivery), token), cancellationToken);

    /// <summary>A delivery whose event says that it happened elsewhere.</summary>
    private sealed class Scattered(EventDelivery inner) : EventDelivery
    {
        public override ReadOnlyMemory<byte> Body { get; } = Scatter(inner.Body);

        public override int DeliveryCount => inner.DeliveryCount;

        public override Task CompleteAsync(CancellationToken cancellationToken) => inner.CompleteAsync(cancellationToken);

        public override Task AbandonAsync(TimeSpan delay, CancellationToken cancellationToken) => inner.AbandonAsync(delay, cancellationToken);

        public override Task DeadLetterAsync(string reason, CancellationToken cancellationToken) => inner.DeadLetterAsync(reason, cancellationToken);

        private static byte[] Scatter(ReadOnlyMemory<byte> body)
        {
            var @event = JsonNode.Parse(body.Span)!;
            @event["context"]!["spaceId"] = "us_sp_" + @event["id"]!.GetValue<string>();
            return Encoding.UTF8.GetBytes(@event.ToJsonString());
        }
    }
}
