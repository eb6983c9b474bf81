namespace Flatfile.Agent.Core.Drivers;

/// <summary>A delivery of a source without settlement of its own: it only remembers how it was settled.</summary>
internal sealed class LocalDelivery(ReadOnlyMemory<byte> body, int deliveryCount, string? traceParent = null) : EventDelivery
{
    public override ReadOnlyMemory<byte> Body { get; } = body;

    public override int DeliveryCount { get; } = deliveryCount;

    public override string? TraceParent { get; } = traceParent;

    public Settlement Settlement { get; private set; }

    public TimeSpan Delay { get; private set; }

    public override Task CompleteAsync(CancellationToken cancellationToken) => SettleAsync(Settlement.Completed);

    public override Task AbandonAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        Delay = delay;
        return SettleAsync(Settlement.Abandoned);
    }

    public override Task DeadLetterAsync(string reason, CancellationToken cancellationToken) => SettleAsync(Settlement.DeadLettered);

    private Task SettleAsync(Settlement how)
    {
        if (Settlement != Settlement.None)
        {
            throw new InvalidOperationException($"The delivery was settled already ({Settlement}); it can be settled once.");
        }

        Settlement = how;
        return Task.CompletedTask;
    }
}
