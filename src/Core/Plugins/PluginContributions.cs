using System.Collections.Concurrent;

using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>The classes the loaded plugins bring, from which contributions of any kind are made.</summary>
/// <remarks>Holds the plugins, and so their load contexts, as long as the catalogue is in use.</remarks>
internal sealed class PluginContributions(IReadOnlyList<LoadedPlugin> plugins)
{
    /// <summary>Of no plugin.</summary>
    public static readonly PluginContributions None = new([]);

    private readonly ConcurrentDictionary<Type, IReadOnlyList<Func<IServiceProvider, object>>> _factories = new();

    /// <summary>The loads they belong to.</summary>
    public IEnumerable<LivePlugin?> Live => plugins.Select(p => p.Live);

    /// <summary>How to make every class that is a <paramref name="kind"/>: in plugin order, then type name order.</summary>
    public IReadOnlyList<Func<IServiceProvider, object>> Of(Type kind) => _factories.GetOrAdd(
        kind, k => [.. plugins.SelectMany(p => p.Types.Where(k.IsAssignableFrom).Select(t => Maker(t, p.Live)))]);

    private static Func<IServiceProvider, object> Maker(Type type, LivePlugin? live)
    {
        var create = PluginActivator.For(type);
        return live is null ? create : scope => create(scope.GetRequiredService<PluginScopes>().For(live));
    }
}
