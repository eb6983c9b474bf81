using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Handlers.Settings;

/// <summary>Makes the settings that handlers take by constructor those of this plugin, <c>Agent:Plugins:Flatfile.Agent.Handlers</c>; registers nothing.</summary>
internal sealed class OwnSettings : IPluginServices
{
    /// <inheritdoc />
    public void ConfigureServices(IServiceCollection services, IConfiguration settings)
    {
    }
}
