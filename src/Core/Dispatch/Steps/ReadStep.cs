using System.Diagnostics;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch.Steps;

/// <summary>Reads the bytes. What cannot be read is given up at once: repeating does not help.</summary>
internal sealed partial class ReadStep(ClaimedEvents claims, IDeadLetters deadLetters, AgentMetrics metrics, TimeProvider time, ILogger<ReadStep> log) : IEventStep
{
    public string Name => "Read";

    public async Task RunAsync(EventReceipt receipt, EventStepNext next, CancellationToken cancellationToken)
    {
        try
        {
            receipt.Delivery = await claims.RedeemAsync(receipt.Delivery, cancellationToken).ConfigureAwait(false);
            receipt.Event = FlatfileEvent.Parse(receipt.Delivery.Body);
        }
        catch (UnreadableEventException fault)
        {
            await GiveUpAsync(receipt, fault, cancellationToken).ConfigureAwait(false);
            return;
        }

        var context = receipt.Event.Context;
        Activity.Current?.SetTag("flatfile.event", receipt.Event.Id).SetTag("flatfile.topic", receipt.Event.Topic);
        using (log.BeginScope("Event {EventId} {Topic} in space {SpaceId}", receipt.Event.Id, receipt.Event.Topic, context.SpaceId))
        {
            await next(receipt, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task GiveUpAsync(EventReceipt receipt, UnreadableEventException fault, CancellationToken cancellationToken)
    {
        Unreadable(log, fault.Message);
        var letter = DeadLetter.Of(receipt, null, fault.Message, null, receipt.Delivery.DeliveryCount, time.GetUtcNow());
        await deadLetters.AddAsync(letter, cancellationToken).ConfigureAwait(false);
        await receipt.Delivery.DeadLetterAsync(fault.Message, cancellationToken).ConfigureAwait(false);
        metrics.DeadLettered();
    }
}
