using Azure.Messaging.ServiceBus;

namespace Flatfile.Agent.Drivers.AzureServiceBus.Receiving;

/// <summary>One message under a lock. It is settled by the receiver that locked it and with that lock, or not at all.</summary>
internal sealed class BusDelivery(ServiceBusReceiver receiver, ServiceBusReceivedMessage message, TimeProvider time) : EventDelivery
{
    private int _claimed;

    public ServiceBusReceivedMessage Message => message;

    public override ReadOnlyMemory<byte> Body { get; } = BusMessage.BodyOf(message);

    public override int DeliveryCount { get; } = BusMessage.CountOf(message);

    public override string? TraceParent => BusMessage.TraceParentOf(message);

    public Settlement Settlement { get; private set; }

    /// <summary>How long the message must not come back; known when it was abandoned.</summary>
    public TimeSpan Delay { get; private set; }

    public override Task CompleteAsync(CancellationToken cancellationToken) =>
        SettleAsync(() => receiver.CompleteMessageAsync(message, cancellationToken));

    /// <summary>Only remembers it: who received the message waits under its lock and then gives it back.</summary>
    public override Task AbandonAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        Claim();
        Delay = delay;
        Settlement = Settlement.Abandoned;
        return Task.CompletedTask;
    }

    public override Task DeadLetterAsync(string reason, CancellationToken cancellationToken) =>
        SettleAsync(() => receiver.DeadLetterMessageAsync(
            message, BusMessage.DeadAt(time.GetUtcNow()), BusMessage.Shortened(reason), BusMessage.GivenUp(DeliveryCount), cancellationToken));

    private async Task SettleAsync(Func<Task> settle)
    {
        Claim();
        Settlement = Settlement.Failed;
        await settle().ConfigureAwait(false);
        Settlement = Settlement.Settled;
    }

    private void Claim()
    {
        if (Interlocked.Exchange(ref _claimed, 1) == 1)
        {
            throw new InvalidOperationException($"The delivery was settled already ({Settlement}); it can be settled once.");
        }
    }
}
