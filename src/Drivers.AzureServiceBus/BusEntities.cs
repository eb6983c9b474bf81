using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Administration;

namespace Flatfile.Agent.Drivers.AzureServiceBus;

/// <summary>Makes the queue, or the topic and its subscription, where they are missing and the settings allow it.</summary>
internal sealed class BusEntities(BusConnection connection)
{
    /// <summary>The agent gives an event up itself long before; the bus's own limit is only there for a process that always dies.</summary>
    private const int MaxDeliveries = 100;

    private static readonly TimeSpan LockDuration = TimeSpan.FromMinutes(1);

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        var options = connection.Options;
        if (!options.CreateEntities)
        {
            return;
        }

        var administration = connection.CreateAdministration();
        if (!options.UsesTopic)
        {
            await CreateAsync(
                () => administration.QueueExistsAsync(options.SendTo, cancellationToken),
                () => administration.CreateQueueAsync(QueueOf(options), cancellationToken)).ConfigureAwait(false);
            return;
        }

        await CreateAsync(
            () => administration.TopicExistsAsync(options.Topic, cancellationToken),
            () => administration.CreateTopicAsync(new CreateTopicOptions(options.Topic) { SupportOrdering = options.Sessions }, cancellationToken)).ConfigureAwait(false);
        await CreateAsync(
            () => administration.SubscriptionExistsAsync(options.Topic, options.Subscription, cancellationToken),
            () => administration.CreateSubscriptionAsync(SubscriptionOf(options), cancellationToken)).ConfigureAwait(false);
    }

    public static CreateQueueOptions QueueOf(AzureServiceBusOptions options) => new(options.SendTo)
    {
        RequiresSession = options.Sessions,
        LockDuration = LockDuration,
        MaxDeliveryCount = MaxDeliveries,
        DeadLetteringOnMessageExpiration = true,
    };

    public static CreateSubscriptionOptions SubscriptionOf(AzureServiceBusOptions options) => new(options.Topic, options.Subscription)
    {
        RequiresSession = options.Sessions,
        LockDuration = LockDuration,
        MaxDeliveryCount = MaxDeliveries,
        DeadLetteringOnMessageExpiration = true,
        EnableDeadLetteringOnFilterEvaluationExceptions = true,
    };

    private static async Task CreateAsync<T>(Func<Task<Azure.Response<bool>>> exists, Func<Task<Azure.Response<T>>> create)
    {
        if (await exists().ConfigureAwait(false))
        {
            return;
        }

        try
        {
            await create().ConfigureAwait(false);
        }
        catch (ServiceBusException fault) when (fault.Reason == ServiceBusFailureReason.MessagingEntityAlreadyExists)
        {
            // Another node was quicker.
        }
    }
}
