using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Jobs.Quartz.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Flatfile.Agent.Jobs.Quartz;

/// <summary>Adds the Quartz engine to a host.</summary>
public static class QuartzEngineServiceCollectionExtensions
{
    /// <summary>Runs jobs by Quartz with the settings of section <c>Agent:Quartz</c>; chosen by <c>Agent:Engine = Quartz</c>. Nothing connects before it is used.</summary>
    public static IServiceCollection AddQuartzEngine(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.Configure<QuartzOptions>(configuration.GetSection(QuartzOptions.Section));
        return services.AddQuartzEngine();
    }

    /// <summary>Runs jobs by Quartz where the agent's store is: on <c>quartz.db</c> in the data folder, or in a cluster on PostgreSQL.</summary>
    public static IServiceCollection AddQuartzEngine(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<QuartzOptions>();
        services.TryAddSingleton<QuartzPlace>();
        services.TryAddSingleton<QuartzSchedulers>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IJobEngine, QuartzJobEngine>());
        return services;
    }
}
