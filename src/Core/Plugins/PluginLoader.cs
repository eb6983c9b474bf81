using Flatfile.Agent.Core.Binding;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>Loads all plugins from where they lie and puts the catalogue of their handlers in force; for hosts that do not watch their folders.</summary>
public sealed class PluginLoader : IAsyncDisposable, IDisposable
{
    private readonly PluginOpener _opener;
    private readonly HandlerCatalogSource _source;
    private readonly IOptions<PluginOptions> _options;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly List<WeakReference<LivePlugin>> _live = [];

    internal PluginLoader(PluginOpener opener, HandlerCatalogSource source, IOptions<PluginOptions> options)
    {
        _opener = opener;
        _source = source;
        _options = options;
    }

    /// <summary>Scans all folders anew and replaces the catalogue in one step. Never throws for a bad plugin: its status says why.</summary>
    public async Task<HandlerCatalog> LoadAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var plugins = new List<LoadedPlugin>();
            foreach (var candidate in PluginCandidate.All(_options.Value))
            {
                plugins.Add(plugins.Any(p => p.Status.Name == candidate.Name)
                    ? LoadedPlugin.Refused(PluginOpener.Start(candidate), candidate.NameIsTaken)
                    : await _opener.OpenAsync(candidate, null, cancellationToken).ConfigureAwait(false));
            }

            _live.AddRange(plugins.Select(p => p.Live).OfType<LivePlugin>().Select(l => new WeakReference<LivePlugin>(l)));
            var catalog = CatalogAssembly.Assemble(plugins, [.. _options.Value.HandlersOff]);
            _source.Replace(catalog);
            return catalog;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Disposes the plugins' own services.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var reference in _live)
        {
            if (reference.TryGetTarget(out var live) && live.Services is { } services)
            {
                await services.DisposeAsync().ConfigureAwait(false);
            }
        }

        _live.Clear();
    }

    /// <inheritdoc cref="DisposeAsync" />
    public void Dispose()
    {
        foreach (var reference in _live)
        {
            if (reference.TryGetTarget(out var live))
            {
                live.Services?.Dispose();
            }
        }

        _live.Clear();
    }
}
