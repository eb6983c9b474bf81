using Flatfile.Agent;

namespace SeededFaults;

/// <summary>Settles every delivery before it is handled.</summary>
internal sealed class SettlesFirst(IEventDriver inner) : IEventDriver
{
    public string Name => inner.Name;

    public Task ReceiveAsync(Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken) =>
        inner.ReceiveAsync(
            async (delivery, token) =>
            {
                await delivery.CompleteAsync(token);
                _ = HandleLaterAsync(onDelivery, delivery, token);
            },
            cancellationToken);

    /// <summary>Late enough for a source that keeps its place now and then to have kept it.</summary>
    private static async Task HandleLaterAsync(Func<EventDelivery, CancellationToken, Task> onDelivery, EventDelivery delivery, CancellationToken token)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(300), token);
        await onDelivery(new Settled(delivery), token);
    }

    /// <summary>A delivery that is settled already.</summary>
    private sealed class Settled(EventDelivery inner) : EventDelivery
    {
        public override ReadOnlyMemory<byte> Body => inner.Body;

        public override int DeliveryCount => inner.DeliveryCount;

        public override Task CompleteAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override Task AbandonAsync(TimeSpan delay, CancellationToken cancellationToken) => Task.CompletedTask;

        public override Task DeadLetterAsync(string reason, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
