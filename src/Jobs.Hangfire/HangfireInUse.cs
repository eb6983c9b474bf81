using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Jobs.Hangfire;

/// <summary>Whether Hangfire is the engine the configuration names: it may be among the services and not be used.</summary>
internal sealed class HangfireInUse(IOptions<AgentOptions> options)
{
    public bool Is => string.Equals(options.Value.Engine, HangfireJobEngine.EngineName, StringComparison.OrdinalIgnoreCase);
}
