using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Plugins.Services;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

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
        services.TryAddSingleton(new HostLifetimes(services));
        services.TryAddSingleton<PluginOpener>();
        services.TryAddSingleton(s => new PluginLoader(s.GetRequiredService<PluginOpener>(), s.GetRequiredService<HandlerCatalogSource>(), s.GetRequiredService<IOptions<PluginOptions>>()));
        services.TryAddScoped<CreatedHandlers>();
        services.TryAddScoped<PluginScopes>();
        services.TryAddScoped(typeof(IContributions<>), typeof(ScopedContributions<>));
        return services;
    }
}
