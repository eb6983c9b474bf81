using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>Finds tickets that nobody runs although somebody should, at start and then now and again; and forgets what is long past.</summary>
internal sealed partial class TicketReconciler(
    ITicketStore tickets, TicketArming arming, IInbox inbox, IPayloads payloads, INodes nodes, ShutdownSignals signals,
    IOptions<AgentOptions> options, TimeProvider time, ILogger<TicketReconciler> log)
{
    /// <summary>What ran under an owner that is no node any more is orphaned.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var recovered = await RecoverAsync(cancellationToken).ConfigureAwait(false);
        var armed = await arming.ArmAllAsync(cancellationToken).ConfigureAwait(false);
        if (recovered + armed > 0)
        {
            Resumed(log, recovered, armed);
        }
    }

    /// <summary>Looks at once whenever nodes die or the store is back. Goes on until the agent stops.</summary>
    public async Task FollowNodesAsync()
    {
        try
        {
            await foreach (var _ in nodes.Changes.ReadAllAsync(signals.Stopping).ConfigureAwait(false))
            {
                try
                {
                    await RecoverAsync(signals.Stopping).ConfigureAwait(false);
                    await arming.ArmAllAsync(signals.Stopping).ConfigureAwait(false);
                }
                catch (Exception fault) when (!signals.Stopping.IsCancellationRequested)
                {
                    Faulted(log, fault);
                }
            }
        }
        catch (OperationCanceledException) when (signals.Stopping.IsCancellationRequested)
        {
            // The agent stops.
        }
    }

    /// <summary>Goes on until the agent stops.</summary>
    public async Task RepeatAsync()
    {
        while (!signals.Stopping.IsCancellationRequested)
        {
            await Task.Delay(options.Value.Jobs.ReconcileEvery, time, signals.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (signals.Stopping.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await RecoverAsync(signals.Stopping).ConfigureAwait(false);
                await arming.ArmAllAsync(signals.Stopping).ConfigureAwait(false);
                var past = time.GetUtcNow() - options.Value.InboxWindow;
                await inbox.PruneAsync(past, signals.Stopping).ConfigureAwait(false);
                await tickets.PruneAsync(options.Value.InboxWindow, signals.Stopping).ConfigureAwait(false);
                await payloads.PruneAsync(options.Value.InboxWindow, signals.Stopping).ConfigureAwait(false);
            }
            catch (Exception fault) when (!signals.Stopping.IsCancellationRequested)
            {
                Faulted(log, fault);
            }
            catch (Exception)
            {
                return;
            }
        }
    }

    /// <summary>An expired lease counts a full lease later: a run of a process that was paused may still renew it first.</summary>
    private Task<int> RecoverAsync(CancellationToken cancellationToken) => tickets.RecoverAsync(options.Value.Jobs.Lease, cancellationToken);
}
