using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>The classes the loaded plugins bring, from which contributions of any kind are made.</summary>
internal sealed class PluginContributions(IReadOnlyList<Type> types)
{
    private readonly ConcurrentDictionary<Type, ObjectFactory[]> _factories = new();

    /// <summary>Of no plugin.</summary>
    public static readonly PluginContributions None = new([]);

    /// <summary>How to make every class that is a <paramref name="kind"/>: in plugin order, then type name order.</summary>
    public IReadOnlyList<ObjectFactory> Of(Type kind) => _factories.GetOrAdd(
        kind, k => [.. types.Where(k.IsAssignableFrom).Select(t => ActivatorUtilities.CreateFactory(t, Type.EmptyTypes))]);
}
