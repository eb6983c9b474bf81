using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Drivers;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Bridge;

/// <summary>Carries events from one driver to another's bus, with a durable outbox between. Of several agents with one store, the holder of a lease does it.</summary>
internal sealed partial class EventBridge(
    IEnumerable<IEventDriver> drivers, IEnumerable<IEventPublisher> publishers, IEventQueue queue, IPayloads payloads, ILeases leases, AgentOwner owner,
    ShutdownSignals signals, IOptions<AgentOptions> options, TimeProvider time, ILogger<EventBridge> log)
{
    private BridgeOptions Settings => options.Value.Bridge;

    /// <summary>Goes on until the agent stops; returns at once when there is no bridge.</summary>
    public async Task RunAsync()
    {
        if (!Settings.IsOn)
        {
            return;
        }

        var source = NamedChoice.Of(drivers, d => d.Name, Settings.From!, "driver", "Agent:Bridge:From");
        var publisher = NamedChoice.Of(publishers, p => p.Name, Settings.To!, "driver that can publish", "Agent:Bridge:To");
        var holder = new LeaseHolder(leases, $"bridge:{source.Name}:{publisher.Name}", owner, Settings.Lease, time, log);
        var pause = new Pause(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), time);
        while (!signals.Stopping.IsCancellationRequested)
        {
            try
            {
                await holder.RunAsync((lease, token) => LeadAsync(source, publisher, lease, token), signals.Stopping).ConfigureAwait(false);
            }
            catch (Exception) when (signals.Stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                Failed(log, fault, source.Name, publisher.Name);
            }

            await pause.WaitAsync(signals.Stopping).ConfigureAwait(false);
        }
    }

    /// <summary>Receives, stores and publishes; the end of one is the end of all three.</summary>
    private async Task LeadAsync(IEventDriver source, IEventPublisher publisher, Lease lease, CancellationToken cancellationToken)
    {
        Leading(log, source.Name, publisher.Name);
        var outbox = new BridgeOutbox(queue, lease, Settings);
        await outbox.MeasureAsync(cancellationToken).ConfigureAwait(false);
        var intake = new BridgeIntake(outbox, time, log);
        using var working = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] work =
        [
            intake.RunAsync(working.Token),
            new BridgePublishing(outbox, publisher, payloads, Settings, time, log).RunAsync(working.Token),
            source.ReceiveAsync((delivery, _) => intake.TakeAsync(delivery), working.Token),
        ];
        await Task.WhenAny(work).ConfigureAwait(false);
        await working.CancelAsync().ConfigureAwait(false);
        try
        {
            await Task.WhenAll(work).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (work.All(w => !w.IsFaulted))
        {
            // Told to stop.
        }
    }
}
