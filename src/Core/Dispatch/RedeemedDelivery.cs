namespace Flatfile.Agent.Core.Dispatch;

/// <summary>A delivery of a claim, with the whole event in the claim's place. It is settled where the claim came from.</summary>
internal sealed class RedeemedDelivery(EventDelivery claim, ReadOnlyMemory<byte> body) : EventDelivery
{
    public override ReadOnlyMemory<byte> Body { get; } = body;

    public override int DeliveryCount => claim.DeliveryCount;

    public override string? TraceParent => claim.TraceParent;

    public override Task CompleteAsync(CancellationToken cancellationToken) => claim.CompleteAsync(cancellationToken);

    public override Task AbandonAsync(TimeSpan delay, CancellationToken cancellationToken) => claim.AbandonAsync(delay, cancellationToken);

    public override Task DeadLetterAsync(string reason, CancellationToken cancellationToken) => claim.DeadLetterAsync(reason, cancellationToken);
}
