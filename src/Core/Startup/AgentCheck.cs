using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Core.Startup;

/// <summary>Lets a host look for faults in the agent's settings before it makes or opens anything.</summary>
public static class AgentCheck
{
    /// <exception cref="AgentStartException">Something is wrong; the message lists everything.</exception>
    public static void CheckAgent(this IServiceProvider services) => services.GetRequiredService<AgentOptionsCheck>().Run();
}
