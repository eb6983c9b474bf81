using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Jobs.Quartz.Recurring;
using Flatfile.Agent.Jobs.Quartz.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Flatfile.Agent.Jobs.Quartz;

/// <summary>Builds schedulers that lose no ticket.</summary>
internal sealed class QuartzSchedulers(EngineRuns runs, TimeProvider time, ILoggerFactory loggers)
{
    /// <summary>The name of the scheduler, and the group of all that is in it.</summary>
    public const string Name = "agent";

    private static readonly AddJobOptions Replacing = new() { Replace = true };

    /// <summary>Not connected yet.</summary>
    /// <param name="store">Where it keeps its times.</param>
    /// <param name="runsAtOnce">The most runs beside each other.</param>
    public StandaloneSchedulerFactory Build(IQuartzStore store, int runsAtOnce) => QuartzSchedulerBuilder.Create(quartz =>
    {
        quartz.Services.AddSingleton(loggers);
        quartz.UseTimeProvider(time);

        // The store keeps names of ours instead of types, so that no type can be put into it either.
        quartz.UseTypeLoader(names =>
        {
            names.Map(TicketJob.StoredName, typeof(TicketJob));
            names.Map(RecurringJob.StoredName, typeof(RecurringJob));
        });
        quartz.UseDefaultThreadPool(runsAtOnce);
        quartz.UseJobFactory(new OwnJobFactory(runs, time));
        quartz.ConfigureScheduler(scheduler =>
        {
            store.Name(scheduler);

            // What another process enqueues is only seen when the scheduler looks anew.
            scheduler.IdleWaitTime = TimeSpan.FromSeconds(1);
            scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
        });
        quartz.UsePersistentStore(persistent =>
        {
            store.Use(persistent);
            persistent.UseSystemTextJsonSerializer();
            persistent.ConfigureStore(options =>
            {
                options.SchemaProvisioning = SchemaProvisioning.CreateIfMissing;
                options.StoreJobDataAsStrings = true;

                // Else an orderly stop loses every firing it interrupts.
                options.RecoverFiringsCancelledByShutdown = true;
            });
        });
    }).Build();

    /// <summary>Connects, and enters the two jobs. Both ask for recovery: else what runs when a process dies is lost.</summary>
    public static async ValueTask<IScheduler> OpenAsync(StandaloneSchedulerFactory factory, CancellationToken cancellationToken)
    {
        var scheduler = await factory.GetScheduler(cancellationToken).ConfigureAwait(false);
        await scheduler.AddJob(Job(TicketJob.StoredName, TicketJob.Key), Replacing, cancellationToken).ConfigureAwait(false);
        await scheduler.AddJob(Job(RecurringJob.StoredName, RecurringJob.Key), Replacing, cancellationToken).ConfigureAwait(false);
        return scheduler;
    }

    private static IJobDetail Job(string storedName, JobKey key) =>
        JobBuilder.Create().OfType(new JobType(storedName)).WithIdentity(key).StoreDurably().RequestRecovery().Build();
}
