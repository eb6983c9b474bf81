using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Drivers;

/// <summary>The driver the configuration names.</summary>
internal sealed class SelectedDriver(IEnumerable<IEventDriver> drivers, IOptions<AgentOptions> options)
{
    private readonly Lazy<IEventDriver> _driver = new(() => NamedChoice.Of(drivers, d => d.Name, options.Value.Driver, "driver", "Agent:Driver"));

    public IEventDriver Driver => _driver.Value;
}
