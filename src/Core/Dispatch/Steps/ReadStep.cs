using System.Diagnostics;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch.Steps;

/// <summary>Reads the bytes. What cannot be read is given up at once: repeating does not help.</summary>
internal sealed partial class ReadStep(IDeadLetters deadLetters, AgentMetrics metrics, TimeProvider time, ILogger<ReadStep> log) : IEventStep
{
    public string Name => "Read";

    public async Task RunAsync(EventReceipt receipt, EventStepNext next, CancellationToken cancellationToken)
    {
        try
        {
            receipt.Event = FlatfileEvent.Parse(receipt.Delivery.Body);
        }
        catch (UnreadableEventException fault)
        {
            await GiveUpAsync(receipt.Delivery, fault, cancellationToken).ConfigureAwait(false);
            return;
        }

        var context = receipt.Event.Context;
        Activity.Current?.SetTag("flatfile.event", receipt.Event.Id).SetTag("flatfile.topic", receipt.Event.Topic);
        using (log.BeginScope("Event {EventId} {Topic} in space {SpaceId}", receipt.Event.Id, receipt.Event.Topic, context.SpaceId))
        {
            await next(receipt, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task GiveUpAsync(EventDelivery delivery, UnreadableEventException fault, CancellationToken cancellationToken)
    {
        Unreadable(log, fault.Message);
        var letter = new DeadLetter(0, null, null, null, fault.Message, null, delivery.DeliveryCount, delivery.Body, time.GetUtcNow());
        await deadLetters.AddAsync(letter, cancellationToken).ConfigureAwait(false);
        await delivery.DeadLetterAsync(fault.Message, cancellationToken).ConfigureAwait(false);
        metrics.DeadLettered();
    }
}
