using Flatfile.Agent.Core.Binding;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>Finds and loads plugins and puts the catalogue of their handlers in force.</summary>
public sealed class PluginLoader
{
    /// <summary>Scans all folders anew and replaces the catalogue in one step. Never throws for a bad plugin: its status says why.</summary>
    public Task<HandlerCatalog> LoadAsync(CancellationToken cancellationToken) => throw new NotImplementedException();
}
