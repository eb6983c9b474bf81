using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Dispatch.Steps;
using Flatfile.Agent.Core.Drivers;
using Flatfile.Agent.Core.Drivers.InProcess;
using Flatfile.Agent.Core.Drivers.Polling;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
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
        services.TryAddSingleton(s => new AgentDatabase(s.GetRequiredService<IOptions<AgentOptions>>().Value.DataFolder));
        services.TryAddSingleton<IInbox, SqliteInbox>();
        services.TryAddSingleton<IDeadLetters, SqliteDeadLetters>();
        services.TryAddSingleton<IDriverCursors, SqliteDriverCursors>();
        services.TryAddSingleton<ITicketStore, SqliteTickets>();
        return services;
    }

    private static IServiceCollection AddDispatch(this IServiceCollection services)
    {
        services.TryAddSingleton<AgentMetrics>();
        services.TryAddSingleton<ShutdownSignals>();
        services.TryAddSingleton(s => new Lanes(s.GetRequiredService<IOptions<AgentOptions>>().Value.MaxConcurrency));
        services.TryAddSingleton<EventRetryPolicy>();
        services.TryAddSingleton<HandlerInvoker>();
        services.TryAddSingleton<TraceStep>();
        services.TryAddSingleton<ReadStep>();
        services.TryAddSingleton<WatchStep>();
        services.TryAddSingleton<TakeStep>();
        services.TryAddSingleton<BindStep>();
        services.TryAddSingleton<LaneStep>();
        services.TryAddSingleton<EnqueueStep>();
        services.TryAddSingleton<InvokeStep>();
        services.TryAddSingleton<SettleStep>();
        services.TryAddSingleton<EventPipeline>();
        services.TryAddSingleton(s => new DeadLetterReplay(s.GetRequiredService<IDeadLetters>(), s.GetRequiredService<EventPipeline>()));
        services.TryAddScoped<RunFence>();
        return services;
    }

    private static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.TryAddSingleton<AgentOwner>();
        services.TryAddSingleton<RunningJobs>();
        services.TryAddSingleton<SelectedEngine>();
        services.TryAddSingleton<TicketArming>();
        services.TryAddSingleton<JobRetryPolicy>();
        services.TryAddSingleton<OutcomeTeller>();
        services.TryAddSingleton<JobAttempt>();
        services.TryAddSingleton<TicketReconciler>();
        services.TryAddSingleton<IJobRunner, JobRunner>();
        return services;
    }

    private static IServiceCollection AddDrivers(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventDriver, InProcessDriver>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventDriver, PollingDriver>());
        services.TryAddSingleton<SelectedDriver>();
        services.TryAddSingleton<DriverLoop>();
        return services;
    }

    private static void AddStartup(this IServiceCollection services)
    {
        services.TryAddSingleton<IFlatfileEndpoint, ConfiguredEndpoint>();
        services.TryAddSingleton<FlatfileClientFactory>();
        services.TryAddScoped(s => s.GetRequiredService<FlatfileClientFactory>().Create(s.GetRequiredService<RunFence>()));
        services.TryAddSingleton<AgentOptionsCheck>();
        services.TryAddSingleton<StartReport>();
        services.TryAddSingleton<AgentLife>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AgentService>());
        services.AddOptions<HostOptions>().Configure<IOptions<AgentOptions>>((host, agent) =>
        {
            // The host must not cut the grace time short.
            var needed = agent.Value.ShutdownGrace + TimeSpan.FromSeconds(20);
            host.ShutdownTimeout = host.ShutdownTimeout < needed ? needed : host.ShutdownTimeout;
        });
    }
}
