using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Bridge;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Dispatch.Replaying;
using Flatfile.Agent.Core.Dispatch.Resending;
using Flatfile.Agent.Core.Dispatch.Rules;
using Flatfile.Agent.Core.Dispatch.Seen;
using Flatfile.Agent.Core.Dispatch.Steps;
using Flatfile.Agent.Core.Dispatch.Suspects;
using Flatfile.Agent.Core.Drivers;
using Flatfile.Agent.Core.Drivers.InProcess;
using Flatfile.Agent.Core.Drivers.Polling;
using Flatfile.Agent.Core.Drivers.SpacesStream;
using Flatfile.Agent.Core.Drivers.Webhook;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Desk;
using Flatfile.Agent.Core.Jobs.Recurring;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Plugins.Swap;
using Flatfile.Agent.Core.Recording;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Startup;

/// <summary>Adds the agent to a host.</summary>
public static class AgentServiceCollectionExtensions
{
    /// <summary>Adds the agent with the settings of section <c>Agent</c>; what the second argument sets comes last.</summary>
    public static IServiceCollection AddAgent(this IServiceCollection services, IConfiguration configuration, Action<AgentOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.Configure<AgentOptions>(configuration.GetSection(AgentOptions.Section));
        services.AddOptions<PluginOptions>().Configure(plugins => plugins.Settings = configuration.GetSection($"{AgentOptions.Section}:Plugins"));
        return services.AddAgent(configure ?? (_ => { }));
    }

    /// <summary>
    /// Adds the agent with settings made in code. Add an engine too, such as <c>AddQuartzEngine()</c>; for the InProcess driver an
    /// <see cref="IEventFeed"/>; and an <see cref="IFlatfileEndpoint"/> when the address is not in the settings.
    /// </summary>
    public static IServiceCollection AddAgent(this IServiceCollection services, Action<AgentOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddMetrics();
        services.AddLogging();
        services.Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.AddStore().AddDispatch().AddJobs().AddDrivers().AddStartup();
        services.AddPlugins(_ => { });
        services.TryAddSingleton(s => new PluginSwaps(
            s.GetRequiredService<PluginOpener>(), s.GetRequiredService<HandlerCatalogSource>(),
            s.GetRequiredService<IOptions<PluginOptions>>(), s.GetRequiredService<IOptions<AgentOptions>>(), s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<PluginSwaps>>()));
        services.AddOptions<PluginOptions>().Configure<IOptions<AgentOptions>>((plugins, agent) =>
        {
            foreach (var folder in agent.Value.PluginFolders)
            {
                plugins.Folders.Add(folder);
            }

            foreach (var handler in agent.Value.HandlersOff)
            {
                plugins.HandlersOff.Add(handler);
            }
        });
        return services;
    }

    private static IServiceCollection AddStore(this IServiceCollection services)
    {
        services.TryAddSingleton<AgentDatabase>(s => new SqliteAgentDatabase(s.GetRequiredService<IOptions<AgentOptions>>().Value.DataFolder));
        services.TryAddSingleton<INodes, OnlyNode>();
        services.TryAddSingleton(s => StoredInbox.Of(s.GetRequiredService<AgentDatabase>(), s.GetRequiredService<AgentOwner>(), s.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(s => new AgentStore(s.GetRequiredService<AgentDatabase>()));
        services.TryAddSingleton<IDeadLetters, StoredDeadLetters>();
        services.TryAddSingleton<IReplays, StoredReplays>();
        services.TryAddSingleton<IDriverCursors, StoredCursors>();
        services.TryAddSingleton<ITicketStore, StoredTickets>();
        services.TryAddSingleton<IJobNotes, StoredJobNotes>();
        services.TryAddSingleton<ITicketList, StoredTicketList>();
        services.TryAddSingleton<IEventQueue, StoredEventQueue>();
        services.TryAddSingleton<ILeases, StoredLeases>();
        services.TryAddSingleton<IPayloads, StoredPayloads>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDoctorCheck, SqliteStoreCheck>());
        return services;
    }

    private static IServiceCollection AddDispatch(this IServiceCollection services)
    {
        services.TryAddSingleton<AgentMetrics>();
        services.TryAddSingleton<ShutdownSignals>();
        services.TryAddSingleton<Lanes>();
        services.TryAddSingleton<Places>();
        services.TryAddSingleton<DispatchRules>();
        services.TryAddSingleton<StuckHandlers>();
        services.TryAddSingleton<AgentExit>();
        services.TryAddSingleton<IsolatedHandlers>();
        services.TryAddSingleton<SuspectStage>();
        services.TryAddSingleton<IBoundTopics, BoundTopics>();
        services.TryAddSingleton<EventRetryPolicy>();
        services.TryAddSingleton<HandlerInvoker>();
        services.TryAddSingleton<AbsentHandlers>();
        services.TryAddSingleton<FaultyFilters>();
        services.TryAddSingleton(s => new EventTrail(s.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<TraceStep>();
        services.TryAddSingleton<ClaimedEvents>();
        services.TryAddSingleton<ReadStep>();
        services.TryAddSingleton<WatchStep>();
        services.TryAddSingleton<TakeStep>();
        services.TryAddSingleton<BindStep>();
        services.TryAddSingleton<LaneStep>();
        services.TryAddSingleton<EnqueueStep>();
        services.TryAddSingleton<InvokeStep>();
        services.TryAddSingleton<SettleStep>();
        services.TryAddSingleton<EventPipeline>();
        services.TryAddSingleton<ReplayOutlook>();
        services.TryAddSingleton<ReplayBell>();
        services.TryAddSingleton<DeadLetterReplayer>();
        services.TryAddSingleton(s => new DeadLetterReplay(
            s.GetRequiredService<IDeadLetters>(), s.GetRequiredService<IReplays>(), s.GetRequiredService<ReplayOutlook>(), s.GetRequiredService<ReplayBell>()));
        services.TryAddScoped<RunFence>();
        services.TryAddSingleton(s => new EventResend(
            s.GetRequiredService<IInbox>(), s.GetRequiredService<HandlerCatalogSource>(), s.GetRequiredService<EventPipeline>(),
            s.GetRequiredService<ShutdownSignals>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<EventResend>>()));
        services.TryAddSingleton<RecordingShelf>();
        services.TryAddScoped<RecordingSlot>();
        return services;
    }

    /// <summary>Gives the agent a way to start the process in which handlers under suspicion run: one that ends up in <see cref="SuspectWorker"/>.</summary>
    public static IServiceCollection AddSuspectProcess(this IServiceCollection services, string program, params IReadOnlyList<string> arguments)
    {
        services.AddSingleton(new SuspectCommand(program, arguments));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISuspectRunner, SuspectProcess>());
        return services;
    }

    private static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.TryAddSingleton<AgentOwner>();
        services.TryAddSingleton<RunningJobs>();
        services.TryAddSingleton<EngineRuns>();
        services.TryAddSingleton<LeaseThread>();
        services.TryAddSingleton<SelectedEngine>();
        services.TryAddSingleton<TicketArming>();
        services.TryAddSingleton<JobRetryPolicy>();
        services.TryAddSingleton<JobPlaces>();
        services.TryAddSingleton<OutcomeTeller>();
        services.TryAddSingleton<RunConsequences>();
        services.TryAddSingleton<JobAttempt>();
        services.TryAddSingleton<TicketReconciler>();
        services.TryAddSingleton<AbandonedJobs>();
        services.TryAddSingleton<IJobRunner, JobRunner>();
        services.TryAddSingleton(s => new JobDesk(
            s.GetRequiredService<ITicketList>(), s.GetRequiredService<ITicketStore>(), s.GetRequiredService<TicketArming>(),
            s.GetRequiredService<FlatfileClientFactory>(), s.GetRequiredService<TimeProvider>()));
        return services.AddRecurring();
    }

    private static IServiceCollection AddRecurring(this IServiceCollection services)
    {
        services.TryAddSingleton<IRecurringStore, StoredRecurring>();
        services.TryAddSingleton<RecurringCatalog>();
        services.TryAddSingleton<RecurringSlots>();
        services.TryAddSingleton<RecurringBell>();
        services.TryAddSingleton<RecurringAttempt>();
        services.TryAddSingleton<RecurringRuns>();
        services.TryAddSingleton<EngineTimes>();
        services.TryAddSingleton<RecurringClock>();
        services.TryAddSingleton<IRecurringRunner, RecurringRunner>();
        services.TryAddSingleton<IRecurringDesk, RecurringDesk>();
        return services;
    }

    private static IServiceCollection AddDrivers(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventDriver, InProcessDriver>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventDriver, PollingDriver>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventDriver, WebhookDriver>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventDriver, SpacesStreamDriver>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventDriver, NoDriver>());
        services.TryAddSingleton<WebhookCredentials>();
        services.TryAddSingleton<WebhookQueue>();
        services.TryAddSingleton<WebhookEndpoint>();
        services.TryAddSingleton<SelectedDriver>();
        services.TryAddSingleton<DriverLoop>();
        services.TryAddSingleton<EventBridge>();
        return services;
    }

    private static void AddStartup(this IServiceCollection services)
    {
        services.TryAddSingleton<IFlatfileEndpoint, ConfiguredEndpoint>();
        services.TryAddSingleton<FlatfileClientFactory>();
        services.TryAddScoped(s => s.GetRequiredService<FlatfileClientFactory>().CreateForHandler(s.GetRequiredService<RunFence>(), s.GetRequiredService<RecordingSlot>().Recording));
        services.TryAddSingleton<AgentOptionsCheck>();
        services.TryAddSingleton<StartReport>();
        services.TryAddSingleton<AgentPhase>();
        services.TryAddSingleton<AgentLife>();
        services.TryAddSingleton(s => new AgentHealthSource(s.GetRequiredService<AgentPhase>(), s.GetRequiredService<AgentDatabase>(), s.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(s => new AgentStatusSource(
            s.GetRequiredService<IOptions<AgentOptions>>(), s.GetRequiredService<AgentDatabase>(), s.GetRequiredService<IDeadLetters>(),
            s.GetRequiredService<EventPipeline>(), s.GetRequiredService<RunningJobs>(), s.GetRequiredService<AgentMetrics>(), s.GetRequiredService<HandlerCatalogSource>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ThreadReserve>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AgentService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PluginWatcher>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StoreFigures>());
        services.AddOptions<HostOptions>().Configure<IOptions<AgentOptions>>((host, agent) =>
        {
            // The host must not cut the grace time short.
            var needed = agent.Value.ShutdownGrace + TimeSpan.FromSeconds(20);
            host.ShutdownTimeout = host.ShutdownTimeout < needed ? needed : host.ShutdownTimeout;
        });
    }
}
