using Azure.Messaging.ServiceBus;

namespace Flatfile.Agent.Drivers.AzureServiceBus.Publishing;

/// <summary>Lays events into as few batches as the bus's limit allows, in their order.</summary>
internal static class EventBatches
{
    /// <param name="batches">Takes every batch that was made, so that the caller can dispose them whatever happens.</param>
    /// <exception cref="EventTooLargeException">One event fills more than an empty batch.</exception>
    public static async Task PackAsync(
        IReadOnlyList<OutgoingEvent> events, bool sessions, Func<CancellationToken, ValueTask<ServiceBusMessageBatch>> create,
        List<ServiceBusMessageBatch> batches, CancellationToken cancellationToken)
    {
        foreach (var @event in events)
        {
            var message = BusMessage.Of(@event, sessions);
            if (batches.Count > 0 && batches[^1].TryAddMessage(message))
            {
                continue;
            }

            var batch = await create(cancellationToken).ConfigureAwait(false);
            batches.Add(batch);
            if (!batch.TryAddMessage(message))
            {
                throw new EventTooLargeException(@event, batch.MaxSizeInBytes);
            }
        }
    }
}
