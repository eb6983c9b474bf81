using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Plugins;
using Microsoft.Extensions.DependencyInjection;

namespace Core.Tests.Plugins;

/// <summary>A host with nothing but plugins.</summary>
internal sealed class PluginHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public PluginHost(Action<PluginOptions> configure, Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection().AddLogging().AddPlugins(configure);
        more?.Invoke(services);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public static PluginHost Over(PluginsFolder folder) => new(o => o.Folders.Add(folder.Path));

    public IServiceProvider Services => _services;

    public HandlerCatalogSource Source => _services.GetRequiredService<HandlerCatalogSource>();

    public Task<HandlerCatalog> LoadAsync() => _services.GetRequiredService<PluginLoader>().LoadAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
