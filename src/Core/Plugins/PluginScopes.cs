using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Plugins.Services;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>The services each plugin sees in one scope of the host. A plugin asked for is in use until the scope has ended.</summary>
internal sealed class PluginScopes(IServiceProvider scope, CreatedHandlers created)
{
    private readonly List<(LivePlugin Plugin, IServiceProvider Services)> _opened = [];

    public IServiceProvider For(LivePlugin plugin)
    {
        foreach (var (known, opened) in _opened)
        {
            if (known == plugin)
            {
                return opened;
            }
        }

        // Disposed from the last to the first: the handlers, then their services, and only then the use of the code ends.
        created.Add(plugin.Take());
        var services = scope;
        if (plugin.Services is { } own)
        {
            var layer = ServiceLayer.OfScope(own, scope);
            created.Add(layer);
            services = layer;
        }

        _opened.Add((plugin, services));
        return services;
    }
}
