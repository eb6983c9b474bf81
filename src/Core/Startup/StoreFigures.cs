using System.Diagnostics.Metrics;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Desk;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Startup;

/// <summary>Looks at the store now and then, so that what lies there is among the metrics.</summary>
internal sealed partial class StoreFigures(
    ITicketList tickets, IDeadLetters letters, AgentPhase phase, RunningJobs running, IMeterFactory meters, TimeProvider time,
    ILogger<StoreFigures> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private volatile TicketCounts? _counts;
    private long _deadLetters;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var meter = meters.Create(AgentMetrics.SourceName);
        meter.CreateObservableGauge("flatfile.jobs.running_here", () => running.Count, "{job}", "Jobs that run in this process.");
        meter.CreateObservableGauge("flatfile.jobs.running", () => Known(c => c.Running), "{job}", "Jobs that run at all agents of the store.");
        meter.CreateObservableGauge("flatfile.jobs.waiting", () => Known(c => c.Waiting), "{job}", "Jobs that wait for their turn or their time.");
        meter.CreateObservableGauge("flatfile.jobs.failed", () => Known(c => c.Failed), "{job}", "Jobs that ended badly within the inbox window.");
        meter.CreateObservableGauge("flatfile.jobs.oldest_waiting", () => Known(c => c.OldestWaiting.TotalSeconds), "s", "How long the oldest waiting job has waited.");
        meter.CreateObservableGauge("flatfile.dead_letters.open", () => Known(_ => Interlocked.Read(ref _deadLetters)), "{letter}", "Dead letters that wait for a person.");
        meter.CreateObservableGauge("flatfile.agent.ready", () => phase is { Works: true, Stops: false } ? 1 : 0, null, "1 while the agent receives.");
        while (!stoppingToken.IsCancellationRequested)
        {
            if (phase.Works)
            {
                await LookAsync(stoppingToken).ConfigureAwait(false);
            }

            await Task.Delay(Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            Interlocked.Exchange(ref _deadLetters, await letters.CountAsync(new DeadLetterFilter { States = [DeadLetterState.Open] }, cancellationToken).ConfigureAwait(false));
            _counts = await tickets.CountAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // Old figures would be believed.
            _counts = null;
            NotLooked(log, fault.Message);
        }
        catch (Exception)
        {
            // The host goes down.
        }
    }

    private IEnumerable<Measurement<T>> Known<T>(Func<TicketCounts, T> figure)
        where T : struct => _counts is { } counts ? [new Measurement<T>(figure(counts))] : [];
}
