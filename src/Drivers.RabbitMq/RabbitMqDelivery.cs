using RabbitMQ.Client;

namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>One delivery, bound for ever to the channel it came over.</summary>
internal sealed class RabbitMqDelivery(PartitionChannel channel, ulong tag, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body) : EventDelivery
{
    private int _settled;

    public override ReadOnlyMemory<byte> Body => body;

    public override int DeliveryCount { get; } = (MessageHeaders.Number(properties.Headers, MessageHeaders.Returns) ?? 0) + 1;

    public override string? TraceParent => MessageHeaders.Text(properties.Headers, MessageHeaders.TraceParent);

    /// <summary>The channel it came over.</summary>
    public PartitionChannel Channel => channel;

    /// <summary>Takes the right to settle it, which there is once. False when somebody has it.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _settled, 1) == 0;

    public override Task CompleteAsync(CancellationToken cancellationToken)
    {
        Take();
        channel.Settlements.Acknowledge(tag);
        return Task.CompletedTask;
    }

    public override Task AbandonAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        Take();
        channel.ReturnAfter(tag, delay);
        return Task.CompletedTask;
    }

    /// <summary>The message leaves its queue only after the broker has confirmed its copy among the dead letters.</summary>
    public override async Task DeadLetterAsync(string reason, CancellationToken cancellationToken)
    {
        Take();
        try
        {
            await channel.DeadLetters.KeepAsync(routingKey, properties, body, reason, DeliveryCount, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Not given up after all: it is still to be settled.
            Volatile.Write(ref _settled, 0);
            throw;
        }

        channel.Settlements.Acknowledge(tag);
    }

    private void Take()
    {
        if (!TryTake())
        {
            throw new InvalidOperationException("The delivery was settled already; it can be settled once.");
        }
    }
}
