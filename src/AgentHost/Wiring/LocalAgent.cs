using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Host.Commands;

namespace Flatfile.Agent.Host.Wiring;

/// <summary>The agent's services and the plugins at hand, in this process, without a server: for commands that look at handlers. Makes nothing on disk.</summary>
internal sealed class LocalAgent : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private LocalAgent(ServiceProvider services, HandlerCatalog catalog)
    {
        _services = services;
        Catalog = catalog;
    }

    public IServiceProvider Services => _services;

    public HandlerCatalog Catalog { get; }

    /// <summary>Loads the plugins.</summary>
    /// <param name="settings">With the folders of the plugins.</param>
    /// <param name="pluginFolder">Looked into instead of those; null for those.</param>
    /// <param name="first">Adds services that come before the agent's own.</param>
    /// <param name="stop">Stops loading.</param>
    public static async Task<LocalAgent> LoadAsync(HostSettings settings, string? pluginFolder, Action<IServiceCollection>? first, CancellationToken stop)
    {
        var configuration = pluginFolder is null ? settings.Configuration : With(settings.Configuration, pluginFolder);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddQuietLog(settings));
        services.AddSingleton(configuration);
        first?.Invoke(services);
        services.AddOwnAgent(configuration, settings.DataFolder, ownSpaces: true);
        services.AddSingleton<IFlatfileEndpoint>(new NobodyEndpoint());
        var provider = services.BuildServiceProvider();
        try
        {
            return new LocalAgent(provider, await provider.GetRequiredService<PluginLoader>().LoadAsync(stop));
        }
        catch
        {
            await provider.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static IConfiguration With(IConfiguration configuration, string pluginFolder) => new ConfigurationBuilder()
        .AddInMemoryCollection(configuration.AsEnumerable().Where(s => !s.Key.StartsWith("Agent:PluginFolders", StringComparison.OrdinalIgnoreCase)))
        .AddInMemoryCollection([new("Agent:PluginFolders:0", pluginFolder)])
        .Build();

    /// <summary>Handlers are made to see that they can be; nobody is called.</summary>
    private sealed class NobodyEndpoint : IFlatfileEndpoint
    {
        public Uri BaseAddress { get; } = new($"http://localhost:{HostSettings.DefaultPort}");

        public string? Token => null;
    }
}
