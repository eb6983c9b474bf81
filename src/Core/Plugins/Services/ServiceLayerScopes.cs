using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Core.Plugins.Services;

/// <summary>Opens scopes for code of a plugin: one of the host with the plugin's own laid over it.</summary>
internal sealed class ServiceLayerScopes(OwnServices services, IServiceProvider host) : IServiceScopeFactory
{
    public IServiceScope CreateScope() => ServiceLayer.OfOwnScope(services, host.GetRequiredService<IServiceScopeFactory>().CreateScope());
}
