using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Progress;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Jobs.Hangfire.Dashboard;
using Hangfire;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Jobs.Hangfire;

/// <summary>Adds the Hangfire engine to a host.</summary>
public static class HangfireEngineServiceCollectionExtensions
{
    /// <summary>Runs jobs by Hangfire with the settings of section <c>Agent:Hangfire</c>; chosen by <c>Agent:Engine = Hangfire</c>. Nothing connects before it is used.</summary>
    public static IServiceCollection AddHangfireEngine(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.Configure<HangfireOptions>(configuration.GetSection(HangfireOptions.Section));
        return services.AddHangfireEngine();
    }

    /// <summary>Runs jobs by Hangfire in the database of the agent's store.</summary>
    public static IServiceCollection AddHangfireEngine(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<HangfireOptions>();
        services.TryAddSingleton(s => HangfireTimes.For(s.GetRequiredService<IOptions<AgentOptions>>().Value));
        services.TryAddSingleton<HangfirePlace>();
        services.TryAddSingleton<HangfireStore>();
        services.TryAddSingleton<HangfireTickets>();
        services.TryAddSingleton<HangfireRecurring>();
        services.TryAddSingleton<HangfireInUse>();
        services.TryAddSingleton<IRecurringJobManager, AskedRecurringJobs>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProgressWatcher, HangfireProgress>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IJobEngine, HangfireJobEngine>());
        return services;
    }
}
