using Flatfile.Agent.Core.Jobs.Recurring;
using Flatfile.Agent.Core.Upkeep.Cleanup;
using Flatfile.Agent.Core.Upkeep.Monitoring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Flatfile.Agent.Core.Upkeep;

/// <summary>Adds the agent's own recurring work.</summary>
public static class UpkeepServiceCollectionExtensions
{
    /// <summary>Cleanup and monitoring, as the sections <c>Agent:Cleanup</c> and <c>Agent:Monitoring</c> say.</summary>
    public static IServiceCollection AddUpkeep(this IServiceCollection services)
    {
        services.TryAddScoped<CleanupWork>();
        services.TryAddScoped<MonitoringWork>();
        services.TryAddSingleton<AgentProbe>();
        services.TryAddSingleton<MonitoringGauges>();
        services.AddSingleton(Work<CleanupWork>(CleanupWork.Id, "0 3 * * 0"));
        return services.AddSingleton(Work<MonitoringWork>(MonitoringWork.Id, "*/15 * * * *"));
    }

    private static RecurringBinding Work<T>(string id, string cron)
        where T : class, IRecurringHandler => new()
        {
            Id = id, Plugin = "agent", Source = typeof(T).FullName!, Schedule = RecurringSchedule.Parse(cron, "UTC"),
            Create = scope => scope.GetRequiredService<T>(),
        };
}
