using Flatfile.Agent.Core.Binding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>Registers the plugins and the catalogue of their handlers.</summary>
public static class PluginServices
{
    /// <summary>
    /// Adds the catalogue (<see cref="HandlerCatalogSource"/>), the <see cref="PluginLoader"/> that fills it, and <see cref="IContributions{T}"/>.
    /// Call <see cref="PluginLoader.LoadAsync"/> before the first event is taken. May be called several times; options add up.
    /// </summary>
    public static IServiceCollection AddPlugins(this IServiceCollection services, Action<PluginOptions> configure)
    {
        services.AddOptions<PluginOptions>().Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<HandlerCatalogSource>();
        services.TryAddSingleton<PluginLoader>();
        services.TryAddScoped<CreatedHandlers>();
        services.TryAddScoped(typeof(IContributions<>), typeof(ScopedContributions<>));
        return services;
    }
}
