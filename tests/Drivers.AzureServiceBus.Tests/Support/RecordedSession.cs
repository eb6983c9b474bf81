using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using Contracts.Drivers;

namespace Drivers.AzureServiceBus.Tests.Support;

/// <summary>A session whose bus is a list: for faults that no real bus makes on demand.</summary>
internal sealed class RecordedSession(params string[] ids) : ServiceBusSessionReceiver
{
    private readonly ConcurrentQueue<ServiceBusReceivedMessage> _waiting = new(ids.Select(Message));

    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>How long was waited for each event.</summary>
    public ConcurrentQueue<TimeSpan?> Waits { get; } = [];

    /// <summary>What every settlement meets.</summary>
    public ServiceBusException? SettleFault { get; set; }

    /// <summary>What every renewal meets.</summary>
    public ServiceBusException? RenewFault { get; set; }

    public override string SessionId => "s";

    public override DateTimeOffset SessionLockedUntil => TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);

    public override bool IsClosed => false;

    public static ServiceBusException LockLost(ServiceBusFailureReason reason) => new("The lock is not ours any more.", reason);

    public static ServiceBusReceivedMessage Message(string id) => ServiceBusModelFactory.ServiceBusReceivedMessage(
        BinaryData.FromString(EventDriverHarness.Event(id, "s", TimeProvider.System.GetUtcNow())), messageId: id, sessionId: "s", deliveryCount: 1);

    public override async Task<ServiceBusReceivedMessage?> ReceiveMessageAsync(TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default)
    {
        Waits.Enqueue(maxWaitTime);
        if (_waiting.TryDequeue(out var message))
        {
            Calls.Enqueue("receive " + message.MessageId);
            return message;
        }

        await Task.Delay(5, cancellationToken);
        return null;
    }

    public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) => Settle("complete", message);

    public override Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) => Settle("abandon", message);

    public override Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify, string deadLetterReason, string? deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) => Settle($"dead-letter '{deadLetterReason}' '{deadLetterErrorDescription}'", message);

    public override Task RenewSessionLockAsync(CancellationToken cancellationToken = default)
    {
        Calls.Enqueue("renew");
        return RenewFault is null ? Task.CompletedTask : Task.FromException(RenewFault);
    }

    private Task Settle(string how, ServiceBusReceivedMessage message)
    {
        Calls.Enqueue($"{how} {message.MessageId}");
        return SettleFault is null ? Task.CompletedTask : Task.FromException(SettleFault);
    }
}
