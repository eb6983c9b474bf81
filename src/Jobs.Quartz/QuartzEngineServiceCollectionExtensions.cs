using Flatfile.Agent.Core.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Flatfile.Agent.Jobs.Quartz;

/// <summary>Adds the Quartz engine to a host.</summary>
public static class QuartzEngineServiceCollectionExtensions
{
    /// <summary>Runs jobs by Quartz on <c>quartz.db</c> in the agent's data folder; chosen by <c>Agent:Engine = Quartz</c>.</summary>
    public static IServiceCollection AddQuartzEngine(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IJobEngine, QuartzJobEngine>());
        return services;
    }
}
