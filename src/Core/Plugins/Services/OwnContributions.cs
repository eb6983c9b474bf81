using Flatfile.Agent.Core.Binding;
using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Core.Plugins.Services;

/// <summary>Contributions of a kind that a plugin declares itself, which the host's container must not hear of.</summary>
internal sealed class OwnContributions<T>(LayerHolder holder) : IContributions<T>
    where T : class
{
    private readonly ScopedContributions<T>? _all = holder.Layer is { } layer
        ? new ScopedContributions<T>(
            layer.Host.GetRequiredService<HandlerCatalogSource>(), layer.Host, layer.Host.GetRequiredService<CreatedHandlers>())
        : null;

    public IReadOnlyList<T> All => _all?.All ?? [];
}
