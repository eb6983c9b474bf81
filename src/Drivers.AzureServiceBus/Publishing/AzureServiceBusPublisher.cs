using Azure.Messaging.ServiceBus;

namespace Flatfile.Agent.Drivers.AzureServiceBus.Publishing;

/// <summary>Puts events onto the queue or topic in batches as large as the bus takes, in their order.</summary>
internal sealed class AzureServiceBusPublisher(BusConnection connection) : IEventPublisher
{
    public string Name => AzureServiceBusDriver.DriverName;

    /// <exception cref="EventTooLargeException">One event is larger than the bus takes; none of the list was sent.</exception>
    public async Task PublishAsync(IReadOnlyList<OutgoingEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        var sender = connection.Sender;
        var batches = new List<ServiceBusMessageBatch>();
        try
        {
            await EventBatches.PackAsync(events, connection.Options.Sessions, sender.CreateMessageBatchAsync, batches, cancellationToken).ConfigureAwait(false);
            foreach (var batch in batches)
            {
                await sender.SendMessagesAsync(batch, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            batches.ForEach(b => b.Dispose());
        }
    }
}
