using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Drivers.Webhook;

/// <summary>Receives what was posted to this agent's endpoint, out of the durable queue it was put into before the sender was answered.</summary>
/// <remarks>Agents that share a store share the queue: each takes posts in, one at a time hands them over, so that order holds.</remarks>
internal sealed partial class WebhookDriver(
    IEventQueue queue, ILeases leases, AgentDatabase database, AgentOwner owner, IOptions<AgentOptions> options, TimeProvider time, ILogger<WebhookDriver> log) : IEventDriver
{
    /// <summary>The name the configuration uses.</summary>
    public const string DriverName = "Webhook";

    /// <summary>Another agent's posts give no signal here.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    public string Name => DriverName;

    public IEnumerable<string> FaultsInSettings() => WebhookSettings.Faults(options.Value);

    public Task ReceiveAsync(Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken) =>
        database.IsShared
            ? new LeaseHolder(leases, "queue:" + WebhookQueue.QueueName, owner, options.Value.Webhook.Takeover, time, log)
                .RunAsync((lease, token) => ReceiveAsync(lease, onDelivery, token), cancellationToken)
            : ReceiveAsync(null, onDelivery, cancellationToken);

    private async Task ReceiveAsync(Lease? lease, Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        Receiving(log, options.Value.Webhook.Path);
        var deliveries = new QueuedDeliveries(queue, WebhookQueue.QueueName, lease, new Redelivery(time, log), options.Value.MaxInFlight, log);
        var pause = new Pause(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30), time);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var added = queue.NextAddition(WebhookQueue.QueueName);
                if (await deliveries.ReadAsync(onDelivery, cancellationToken).ConfigureAwait(false) == 0)
                {
                    await WaitAsync(added, cancellationToken).ConfigureAwait(false);
                }

                pause.Reset();
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                QueueFaulted(log, fault);
                await pause.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        await deliveries.DrainAsync().ConfigureAwait(false);
    }

    private async Task WaitAsync(Task added, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(added, Task.Delay(LookEvery, time, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
    }
}
