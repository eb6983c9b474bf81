using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>The engine the configuration names. Found on first use, as engines and the runner need each other.</summary>
internal sealed class SelectedEngine(IServiceProvider services, IOptions<AgentOptions> options)
{
    private readonly Lazy<IJobEngine> _engine = new(() => NamedChoice.Of(
        services.GetServices<IJobEngine>(), e => e.Name, options.Value.Engine, "engine", "Agent:Engine"));

    public IJobEngine Engine => _engine.Value;
}
