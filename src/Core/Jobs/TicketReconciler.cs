using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>Finds tickets that nobody runs although somebody should, at start and then now and again; and forgets what is long past.</summary>
internal sealed partial class TicketReconciler(
    ITicketStore tickets, TicketArming arming, IInbox inbox, AgentOwner owner, ShutdownSignals signals,
    IOptions<AgentOptions> options, TimeProvider time, ILogger<TicketReconciler> log)
{
    /// <summary>Everything that ran before this start is orphaned: one process at a time owns the store.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var recovered = await tickets.RecoverAsync(owner.Id, DateTimeOffset.MinValue, othersAreDead: true, cancellationToken).ConfigureAwait(false);
        var armed = await arming.ArmAllAsync(cancellationToken).ConfigureAwait(false);
        if (recovered + armed > 0)
        {
            Resumed(log, recovered, armed);
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
                // A full lease later than it ran out: a run of a process that was paused may still renew it first.
                await tickets.RecoverAsync(owner.Id, time.GetUtcNow() - options.Value.Jobs.Lease, othersAreDead: false, signals.Stopping).ConfigureAwait(false);
                await arming.ArmAllAsync(signals.Stopping).ConfigureAwait(false);
                var past = time.GetUtcNow() - options.Value.InboxWindow;
                await inbox.PruneAsync(past, signals.Stopping).ConfigureAwait(false);
                await tickets.PruneAsync(past, signals.Stopping).ConfigureAwait(false);
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
}
