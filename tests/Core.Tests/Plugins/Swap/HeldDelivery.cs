using System.Text;
using Contracts.Support;
using Flatfile.Agent;

namespace Core.Tests.Plugins.Swap;

/// <summary>A delivery that may only be handed back.</summary>
internal sealed class HeldDelivery(string text, Arrivals<TimeSpan> handedBack) : EventDelivery
{
    public string Text => text;

    public override ReadOnlyMemory<byte> Body => Encoding.UTF8.GetBytes(text);

    public override int DeliveryCount => 1;

    public override Task CompleteAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("It was not to be completed.");

    public override Task AbandonAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        handedBack.Add(delay);
        return Task.CompletedTask;
    }

    public override Task DeadLetterAsync(string reason, CancellationToken cancellationToken) => throw new InvalidOperationException("It was not to be given up.");
}
