using Azure.Messaging.ServiceBus;
using Contracts.Support;

namespace Drivers.AzureServiceBus.Tests.Support;

/// <summary>The bus the environment names, and its entities for tests: those of <c>eng/servicebus-emulator.json</c>.</summary>
public static class LiveBus
{
    public const string Variable = "AGENT_TEST_SERVICEBUS";
    public const string ManagedVariable = "AGENT_TEST_SERVICEBUS_MANAGED";
    public const string SessionQueue = "flatfile-test-sessions";
    public const string PlainQueue = "flatfile-test-plain";
    public const string Topic = "flatfile-test-topic";
    public const string Subscription = "agent";

    public static string ConnectionString =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? text : throw new InvalidOperationException($"Set {Variable} to the connection string of a bus with the entities of eng/servicebus-emulator.json.");

    /// <summary>A bus whose entities can be made: it answers events and management at one place, as a namespace in Azure does and most emulators do not.</summary>
    public static string ManagedConnectionString =>
        Environment.GetEnvironmentVariable(ManagedVariable) is { Length: > 0 } text ? text : throw new InvalidOperationException($"Set {ManagedVariable} to a connection string with the right to manage.");

    /// <summary>The port of a bus on this machine without encryption, or null: only such a connection can be cut and watched from outside.</summary>
    public static int? LoopbackPort
    {
        get
        {
            var read = ServiceBusConnectionStringProperties.Parse(ConnectionString);
            return ConnectionString.Contains("UseDevelopmentEmulator=true", StringComparison.OrdinalIgnoreCase) && read.Endpoint.IsLoopback
                ? read.Endpoint.IsDefaultPort || read.Endpoint.Port < 0 ? 5672 : read.Endpoint.Port
                : null;
        }
    }

    /// <summary>The same bus by another port of this machine.</summary>
    public static string Through(int port)
    {
        var parts = ConnectionString.Split(';', StringSplitOptions.RemoveEmptyEntries).Where(p => !p.StartsWith("Endpoint=", StringComparison.OrdinalIgnoreCase));
        return $"Endpoint=sb://localhost:{port};{string.Join(';', parts)}";
    }

    /// <summary>Takes everything out that earlier tests left, and waits for what is still locked.</summary>
    public static async Task EmptyAsync(string entity, string? subscription, bool sessions)
    {
        // Its own connection: nothing of it may take events of the test that follows.
        await using var client = new ServiceBusClient(ConnectionString, new ServiceBusClientOptions
        {
            RetryOptions = new ServiceBusRetryOptions { MaxRetries = 0, TryTimeout = TimeSpan.FromSeconds(3) },
        });
        await Signal.UntilAsync(
            async () =>
            {
                if (await IsEmptyAsync(Receiver(client, entity, subscription, SubQueue.None)) && await IsEmptyAsync(Receiver(client, entity, subscription, SubQueue.DeadLetter)))
                {
                    return true;
                }

                await (sessions ? EmptySessionsAsync(client, entity) : EmptyAsync(Receiver(client, entity, subscription, SubQueue.None)));
                await EmptyAsync(Receiver(client, entity, subscription, SubQueue.DeadLetter));
                return false;
            },
            $"{entity} to be empty");
    }

    public static ServiceBusReceiver Receiver(ServiceBusClient client, string entity, string? subscription, SubQueue queue)
    {
        var how = new ServiceBusReceiverOptions { SubQueue = queue };
        return subscription is null ? client.CreateReceiver(entity, how) : client.CreateReceiver(entity, subscription, how);
    }

    private static async Task<bool> IsEmptyAsync(ServiceBusReceiver receiver) => (await receiver.PeekMessagesAsync(1, 0)).Count == 0;

    private static async Task EmptyAsync(ServiceBusReceiver receiver)
    {
        while (await receiver.ReceiveMessagesAsync(100, TimeSpan.FromMilliseconds(200)) is { Count: > 0 } messages)
        {
            await Task.WhenAll(messages.Select(m => receiver.CompleteMessageAsync(m)));
        }

        // A receiver that is only dropped may still be sent the first event of the test, which then comes to the driver with a count of 2.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        try
        {
            await receiver.CloseAsync(limit.Token);
        }
        catch (Exception fault) when (fault is OperationCanceledException or TimeoutException)
        {
            // Some emulators do not answer to that.
        }
    }

    private static async Task EmptySessionsAsync(ServiceBusClient client, string queue)
    {
        while (true)
        {
            ServiceBusSessionReceiver session;
            try
            {
                session = await client.AcceptNextSessionAsync(queue);
            }
            catch (ServiceBusException)
            {
                // No session waits.
                return;
            }

            await EmptyAsync(session);
        }
    }
}
