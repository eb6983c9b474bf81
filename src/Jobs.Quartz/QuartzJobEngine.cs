using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;

namespace Flatfile.Agent.Jobs.Quartz;

/// <summary>Runs tickets by Quartz on a SQLite file of its own.</summary>
/// <remarks>
/// One durable job stands for all tickets; each enqueued ticket is a one-shot trigger that carries the ticket's id and nothing else.
/// A firing cut off by a crash or a shutdown comes back: the runner drops it when the ticket has ended.
/// </remarks>
internal sealed partial class QuartzJobEngine(
    IJobRunner runner, IOptions<AgentOptions> options, TimeProvider time, ILoggerFactory loggers, ILogger<QuartzJobEngine> log) : IJobEngine, IAsyncDisposable
{
    /// <summary>The name the configuration uses.</summary>
    public const string EngineName = "Quartz";

    private static readonly JobKey Key = new("ticket", "agent");

    private readonly SemaphoreSlim _gate = new(1, 1);
    private StandaloneSchedulerFactory? _factory;
    private IScheduler? _scheduler;

    public string Name => EngineName;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await SchedulerAsync(cancellationToken).ConfigureAwait(false);
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
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task EnqueueAsync(string ticketId, DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        var scheduler = await SchedulerAsync(cancellationToken).ConfigureAwait(false);
        var due = notBefore ?? time.GetUtcNow();

        // Named by ticket and time: enqueued again while it runs, it must not share the name of the firing that is just ending.
        var name = $"{ticketId}@{notBefore?.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "now"}";
        var trigger = TriggerBuilder.Create()
            .WithIdentity(new TriggerKey(name, "agent"))
            .ForJob(Key)
            .UsingJobData(TicketJob.TicketId, ticketId)
            .StartAt(due)
            .WithSchedule(SimpleScheduleBuilder.Create().WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow))
            .Build();
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _gate.Dispose();
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
            if (_scheduler is null)
            {
                _factory = Build();
                var scheduler = await _factory.GetScheduler(cancellationToken).ConfigureAwait(false);
                await scheduler.AddJob(
                    JobBuilder.Create().OfType(new JobType(TicketJob.StoredName)).WithIdentity(Key).StoreDurably().RequestRecovery().Build(),
                    new AddJobOptions { Replace = true }, cancellationToken).ConfigureAwait(false);
                _scheduler = scheduler;
            }

            return _scheduler;
        }
        finally
        {
            _gate.Release();
        }
    }

    private StandaloneSchedulerFactory Build()
    {
        var file = QuartzFile.Prepare(options.Value.DataFolder, log);
        return QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.Services.AddSingleton(loggers);
            quartz.UseTimeProvider(time);
            quartz.UseTypeLoader(names => names.Map(TicketJob.StoredName, typeof(TicketJob)));
            quartz.UseDefaultThreadPool(options.Value.MaxConcurrentJobs);
            quartz.UseJobFactory(new TicketJobFactory(runner));
            quartz.ConfigureScheduler(s =>
            {
                s.InstanceName = "agent";
                s.IdleWaitTime = TimeSpan.FromSeconds(1);
                s.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            quartz.UsePersistentStore(store =>
            {
                store.UseSqlite(QuartzConnections.Instance, file);
                store.UseSystemTextJsonSerializer();
                store.ConfigureStore(s =>
                {
                    s.SchemaProvisioning = SchemaProvisioning.CreateIfMissing;
                    s.StoreJobDataAsStrings = true;
                    s.RecoverFiringsCancelledByShutdown = true;
                });
            });
        }).Build();
    }
}
