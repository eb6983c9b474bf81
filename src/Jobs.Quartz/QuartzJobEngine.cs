using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Recurring;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Jobs.Quartz.Recurring;
using Flatfile.Agent.Jobs.Quartz.Stores;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;

namespace Flatfile.Agent.Jobs.Quartz;

/// <summary>Runs tickets by Quartz, on a SQLite file of its own or in a cluster on PostgreSQL.</summary>
/// <remarks>
/// One durable job stands for all tickets; each enqueued ticket is a one-shot trigger that carries the ticket's id and nothing else.
/// A firing cut off by a crash or a shutdown comes back: the runner drops it when the ticket has ended.
/// </remarks>
internal sealed partial class QuartzJobEngine(
    EngineRuns runs, QuartzPlace place, QuartzSchedulers schedulers, IOptions<AgentOptions> options, TimeProvider time, ILogger<QuartzJobEngine> log)
    : IJobEngine, IAsyncDisposable
{
    /// <summary>The name the configuration uses.</summary>
    public const string EngineName = "Quartz";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private StandaloneSchedulerFactory? _factory;
    private IScheduler? _scheduler;
    private IQuartzStore? _store;

    public string Name => EngineName;

    public IEnumerable<string> FaultsInSettings() => place.Faults();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await SchedulerAsync(cancellationToken).ConfigureAwait(false);
        await TriggerAlarm.BringBackAsync(scheduler, cancellationToken).ConfigureAwait(false);
        await scheduler.Start(cancellationToken).ConfigureAwait(false);
        Started(log, options.Value.MaxConcurrentJobs);
    }

    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        if (_scheduler is { } scheduler)
        {
            await scheduler.Standby(cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_factory is { } factory)
            {
                (_factory, _scheduler) = (null, null);
                await factory.DisposeAsync().ConfigureAwait(false);
                _store?.Close();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task EnqueueAsync(EngineTicket ticket, CancellationToken cancellationToken)
    {
        var scheduler = await SchedulerAsync(cancellationToken).ConfigureAwait(false);
        await scheduler.ScheduleTrigger(TicketTriggers.Of(ticket, time.GetUtcNow()), TriggerConflict.Replace, cancellationToken).ConfigureAwait(false);
    }

    public async Task CancelAsync(string ticketId, CancellationToken cancellationToken)
    {
        var scheduler = await SchedulerAsync(cancellationToken).ConfigureAwait(false);
        var key = TicketTriggers.KeyOf(ticketId);
        var isElsewhere = !runs.End(ticketId) && await EndElsewhereAsync(scheduler, key, cancellationToken).ConfigureAwait(false);

        // The wish stands on the firing's row, which goes with the trigger: that is only taken out when it would fire again.
        if (!isElsewhere || (await scheduler.GetTrigger(key, cancellationToken).ConfigureAwait(false))?.NextFireTimeUtc is not null)
        {
            await scheduler.UnscheduleJob(key, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<IReadOnlyList<EngineEntry>> ListAsync(CancellationToken cancellationToken)
    {
        var scheduler = await SchedulerAsync(cancellationToken).ConfigureAwait(false);
        var waiting = await TicketTriggers.WaitingAsync(scheduler, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var running = await TicketTriggers.RunningAsync(scheduler, cancellationToken).ConfigureAwait(false);

        // A firing that came back after a crash has a name of Quartz's; here it is known all the same.
        var ids = running.Where(f => f.TriggerKey.Group == QuartzSchedulers.Name).Select(f => f.TriggerKey.Name).Union(runs.TicketIds, StringComparer.Ordinal);
        return [.. waiting, .. ids.Select(id => new EngineEntry(id, null, IsRunning: true))];
    }

    public async Task SetRecurringAsync(IReadOnlyList<RecurringEntry> entries, CancellationToken cancellationToken)
    {
        var scheduler = await SchedulerAsync(cancellationToken).ConfigureAwait(false);
        await RecurringTriggers.SetAsync(scheduler, entries, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _gate.Dispose();
    }

    /// <summary>Asks the nodes that run it to end it, which they read at their next sign of life. False when none runs it.</summary>
    private static async Task<bool> EndElsewhereAsync(IScheduler scheduler, TriggerKey key, CancellationToken cancellationToken)
    {
        var asked = false;
        var running = await TicketTriggers.RunningAsync(scheduler, cancellationToken).ConfigureAwait(false);
        foreach (var firing in running.Where(f => f.TriggerKey.Equals(key)))
        {
            asked |= await scheduler.InterruptFireInstance(firing.FireInstanceId, cancellationToken).ConfigureAwait(false);
        }

        return asked;
    }

    private async Task<IScheduler> SchedulerAsync(CancellationToken cancellationToken)
    {
        if (_scheduler is { } built)
        {
            return built;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _scheduler ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<IScheduler> OpenAsync(CancellationToken cancellationToken)
    {
        var store = place.Store(log);
        var factory = schedulers.Build(store, options.Value.MaxConcurrentJobs);
        try
        {
            var scheduler = await store.PrepareAsync(token => QuartzSchedulers.OpenAsync(factory, token), cancellationToken).ConfigureAwait(false);
            scheduler.ListenerManager.AddSchedulerListener(new TriggerAlarm(time, log));
            (_factory, _store) = (factory, store);
            return scheduler;
        }
        catch
        {
            await factory.DisposeAsync().ConfigureAwait(false);
            store.Close();
            throw;
        }
    }
}
