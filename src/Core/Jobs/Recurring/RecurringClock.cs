using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>The agent's own clock for recurring work. Of the agents that share a store one is elected, and looks every second.</summary>
internal sealed partial class RecurringClock(
    RecurringCatalog catalog, IRecurringStore store, RecurringSlots slots, RecurringRuns runs, EngineTimes engine, RecurringBell bell, ILeases leases, AgentOwner owner,
    ShutdownSignals signals, IOptions<AgentOptions> options, TimeProvider time, ILogger<RecurringClock> log)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Goes on until the agent stops, and until the runs in hand have come to their end.</summary>
    public Task RunAsync() =>
        new LeaseHolder(leases, "recurring", owner, options.Value.RecurringTakeover, time, log).RunAsync(KeepAsync, signals.Stopping);

    private async Task KeepAsync(Lease lease, CancellationToken held)
    {
        // A stop lets runs go on for the grace time; only a lost election ends them at once.
        using var voted = new CancellationTokenSource();
        await using var lost = held.Register(() =>
        {
            if (!signals.Stopping.IsCancellationRequested)
            {
                voted.Cancel();
            }
        });
        while (!held.IsCancellationRequested)
        {
            try
            {
                await LookAsync(voted.Token, held).ConfigureAwait(false);
            }
            catch (Exception fault)
            {
                if (!held.IsCancellationRequested)
                {
                    NotLooked(log, fault);
                }
            }

            await bell.WaitAsync(Look, time, held).ConfigureAwait(false);
        }

        await runs.WhenIdleAsync().ConfigureAwait(false);
    }

    private async Task LookAsync(CancellationToken voted, CancellationToken cancellationToken)
    {
        var (rows, _) = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
        var work = catalog.Current;
        var known = rows.ToDictionary(r => r.Id, StringComparer.Ordinal);
        foreach (var one in work.Values)
        {
            await slots.DecideAsync(one, known.GetValueOrDefault(one.Id), cancellationToken).ConfigureAwait(false);
        }

        var (_, open) = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
        foreach (var ofWork in open.Where(r => work.ContainsKey(r.Id)).GroupBy(r => r.Id, StringComparer.Ordinal))
        {
            Begin(work[ofWork.Key], [.. ofWork], voted);
        }

        await engine.TellAsync(work.Values, known, cancellationToken).ConfigureAwait(false);
    }

    private void Begin(RecurringWork work, IReadOnlyList<RecurringRun> open, CancellationToken voted)
    {
        runs.Start(work.Id, voted);
        if (work.Overlap == RecurringOverlap.Replace && open.Any(r => r is { State: RecurringRunState.Waiting, Cause: FireCause.Due })
            && open.FirstOrDefault(r => r.State == RecurringRunState.Running) is { } running)
        {
            runs.Replace(work.Id, running.Number);
        }
    }
}
