using Flatfile.Agent.Drivers.AzureServiceBus.Receiving;
using Flatfile.Agent.Drivers.AzureServiceBus.Rules;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.AzureServiceBus;

/// <summary>Receives events from a queue or a topic's subscription of Azure Service Bus, each under a lock until it is settled.</summary>
internal sealed partial class AzureServiceBusDriver(
    BusConnection connection, BusEntities entities, TopicRules rules, TimeProvider time, ILogger<AzureServiceBusDriver> log) : IEventDriver
{
    /// <summary>The name the configuration uses.</summary>
    public const string DriverName = "AzureServiceBus";

    /// <summary>What was asked of the bus before the stop may still be answered; for a bus that is away nobody waits longer.</summary>
    private static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(3);

    public string Name => DriverName;

    public IEnumerable<string> FaultsInSettings() => AzureServiceBusOptionsCheck.Faults(connection.Options);

    public async Task ReceiveAsync(Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        var options = connection.Options;
        var client = connection.Client;
        Receiving(log, options.ReceiveFrom, client.FullyQualifiedNamespace, options.Sessions ? "by session" : "without sessions");

        var outage = new Outage(options.ReceiveFrom, options.MaxBackoff, time, log);
        if (!await CreateEntitiesAsync(outage, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var late = new CancellationTokenSource();
        await using var stopped = cancellationToken.Register(() => late.CancelAfter(LastAnswers));
        var keepingRules = rules.KeepAsync(ending.Token);
        try
        {
            var handOver = new HandOver(onDelivery, options.MaxInFlight, options.MaxLockRenewal * 0.9, time, log, cancellationToken, late.Token);
            await (options.Sessions
                ? new SessionIntake(connection, handOver, outage, time, log).RunAsync(cancellationToken, late.Token)
                : new PlainIntake(connection, handOver, outage, time, log).RunAsync(cancellationToken, late.Token)).ConfigureAwait(false);
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await keepingRules.ConfigureAwait(false);
        }
    }

    /// <summary>False when it was told to stop before they were there.</summary>
    private async Task<bool> CreateEntitiesAsync(Outage outage, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await entities.CreateAsync(stopping).ConfigureAwait(false);
                return true;
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return false;
            }
            catch (Exception fault)
            {
                await outage.WaitAsync(fault, stopping).ConfigureAwait(false);
            }
        }

        return false;
    }
}
