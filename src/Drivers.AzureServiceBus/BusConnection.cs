using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Administration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Drivers.AzureServiceBus;

/// <summary>The one connection of this process to the bus, made when it is first needed.</summary>
internal sealed partial class BusConnection(IOptions<AzureServiceBusOptions> options, ILogger<BusConnection> log) : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private ServiceBusClient? _client;
    private ServiceBusSender? _sender;

    public AzureServiceBusOptions Options => options.Value;

    /// <exception cref="InvalidOperationException">The settings are wrong; the message says how.</exception>
    public ServiceBusClient Client
    {
        get
        {
            lock (_lock)
            {
                return _client ??= Connect(Checked());
            }
        }
    }

    /// <summary>Sends to the queue or topic.</summary>
    public ServiceBusSender Sender
    {
        get
        {
            var client = Client;
            lock (_lock)
            {
                return _sender ??= client.CreateSender(Options.SendTo);
            }
        }
    }

    /// <summary>A receiver that takes what it receives under a lock.</summary>
    public ServiceBusReceiver CreateReceiver(SubQueue subQueue = SubQueue.None, int prefetch = 0)
    {
        var how = new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.PeekLock, SubQueue = subQueue, PrefetchCount = prefetch };
        return Options.UsesTopic ? Client.CreateReceiver(Options.Topic, Options.Subscription, how) : Client.CreateReceiver(Options.SendTo, how);
    }

    /// <summary>Waits for the next session with events that nobody holds.</summary>
    public Task<ServiceBusSessionReceiver> AcceptSessionAsync(int prefetch, CancellationToken cancellationToken)
    {
        var how = new ServiceBusSessionReceiverOptions { ReceiveMode = ServiceBusReceiveMode.PeekLock, PrefetchCount = prefetch };
        return Options.UsesTopic
            ? Client.AcceptNextSessionAsync(Options.Topic, Options.Subscription, how, cancellationToken)
            : Client.AcceptNextSessionAsync(Options.SendTo, how, cancellationToken);
    }

    /// <summary>Gives up after a moment: the locks of a receiver that cannot be closed end by themselves, and nobody should wait for that.</summary>
    public async Task CloseAsync(ServiceBusReceiver receiver)
    {
        using var limit = new CancellationTokenSource(CloseLimit);
        try
        {
            await receiver.CloseAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            NotClosed(log, fault, receiver.EntityPath);
        }
    }

    /// <summary>For what needs the right to manage. It gives up soon: those who ask can do without.</summary>
    public ServiceBusAdministrationClient CreateAdministration()
    {
        var checkedOptions = Checked();
        var how = new ServiceBusAdministrationClientOptions();
        how.Retry.MaxRetries = 1;
        how.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        return string.IsNullOrWhiteSpace(checkedOptions.ConnectionString)
            ? new ServiceBusAdministrationClient(checkedOptions.FullyQualifiedNamespace, new DefaultAzureCredential(), how)
            : new ServiceBusAdministrationClient(checkedOptions.ConnectionString, how);
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is { } client)
        {
            await client.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>For hosts that cannot wait: the connection is closed beside what follows.</summary>
    public void Dispose() => _ = CloseBesideAsync();

    private async Task CloseBesideAsync()
    {
        try
        {
            await DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            NotClosed(log, fault, Options.SendTo);
        }
    }

    private AzureServiceBusOptions Checked()
    {
        var faults = AzureServiceBusOptionsCheck.Faults(Options).ToList();
        return faults.Count == 0 ? Options : throw new InvalidOperationException(string.Join(' ', faults));
    }

    private static ServiceBusClient Connect(AzureServiceBusOptions options)
    {
        var how = new ServiceBusClientOptions
        {
            TransportType = options.WebSockets ? ServiceBusTransportType.AmqpWebSockets : ServiceBusTransportType.AmqpTcp,
            // Only short hiccups are the library's; longer ones are ours, with pauses that grow and words in the log.
            RetryOptions = new ServiceBusRetryOptions
            {
                MaxRetries = 1,
                Delay = TimeSpan.FromMilliseconds(50),
                MaxDelay = TimeSpan.FromMilliseconds(500),
                // Also how long a connection that broke while it was being opened is waited for, and how long a session: short enough to be back soon.
                TryTimeout = TimeSpan.FromSeconds(6),
            },
        };
        return string.IsNullOrWhiteSpace(options.ConnectionString)
            ? new ServiceBusClient(options.FullyQualifiedNamespace, new DefaultAzureCredential(), how)
            : new ServiceBusClient(options.ConnectionString, how);
    }
}
