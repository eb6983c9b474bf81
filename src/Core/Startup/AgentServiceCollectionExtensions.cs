using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Core.Startup;

/// <summary>Adds the agent to a host.</summary>
public static class AgentServiceCollectionExtensions
{
    /// <summary>Adds the agent with the settings of section <c>Agent</c>.</summary>
    public static IServiceCollection AddAgent(this IServiceCollection services, IConfiguration configuration, Action<AgentOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.Configure<AgentOptions>(configuration.GetSection(AgentOptions.Section));
        return services.AddAgent(configure ?? (_ => { }));
    }

    /// <summary>Adds the agent with settings made in code.</summary>
    public static IServiceCollection AddAgent(this IServiceCollection services, Action<AgentOptions> configure)
    {
        services.Configure(configure);
        return services;
    }
}
