using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Flatfile.Agent.Store.PostgreSql;

/// <summary>Adds the agent's store in PostgreSQL to a host.</summary>
public static class PostgresStoreExtensions
{
    /// <summary>
    /// Makes PostgreSQL the agent's store when <c>Agent:Store:Kind</c> is <c>PostgreSql</c>; otherwise changes nothing. Goes with <c>AddAgent</c>, before or after it.
    /// </summary>
    public static IServiceCollection AddPostgresStore(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return string.Equals(configuration[$"{AgentOptions.Section}:Store:Kind"], PostgresAgentDatabase.KindName, StringComparison.OrdinalIgnoreCase)
            ? services.AddPostgresStore()
            : services;
    }

    internal static IServiceCollection AddPostgresStore(this IServiceCollection services)
    {
        services.TryAddSingleton<NodeTimes>();
        services.TryAddSingleton<PostgresAgentDatabase>();
        services.Replace(ServiceDescriptor.Singleton<AgentDatabase>(s => s.GetRequiredService<PostgresAgentDatabase>()));
        services.Replace(ServiceDescriptor.Singleton<INodes, PostgresNodes>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDoctorCheck, PostgresStoreCheck>());
        return services;
    }
}
