using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Core.Plugins.Services;

/// <summary>A plugin's own services laid over those of the host, for the plugin's life or for one scope.</summary>
/// <remarks>
/// The host's container is never asked for a type made of the plugin's code: it remembers every type it was asked for, and the plugin
/// could never be unloaded. The scope of the plugin's container is opened when the first of its own services is asked for.
/// </remarks>
internal sealed class ServiceLayer : IKeyedServiceProvider, IServiceScope, IAsyncDisposable
{
    private readonly OwnServices _services;
    private readonly IServiceProvider _host;
    private readonly IServiceProvider? _root;
    private readonly IServiceScope? _hostScope;
    private readonly Lock _lock = new();
    private AsyncServiceScope? _scope;

    private ServiceLayer(OwnServices services, IServiceProvider host, IServiceProvider? root, IServiceScope? hostScope)
    {
        _services = services;
        _host = host;
        _root = root;
        _hostScope = hostScope;
    }

    /// <summary>The host's services underneath.</summary>
    public IServiceProvider Host => _host;

    public IServiceProvider ServiceProvider => this;

    private IServiceProvider Own => _root ?? OpenScope();

    /// <summary>For what lives as long as the plugin.</summary>
    public static ServiceLayer OfRoot(OwnServices services, IServiceProvider host, IServiceProvider root) => new(services, host, root, null);

    /// <summary>For what lives as long as a scope of the host.</summary>
    public static ServiceLayer OfScope(OwnServices services, IServiceProvider host) => new(services, host, null, null);

    /// <summary>For a scope that the plugin opens itself; the host's scope under it ends with it.</summary>
    public static ServiceLayer OfOwnScope(OwnServices services, IServiceScope host) => new(services, host.ServiceProvider, null, host);

    public object? GetService(Type serviceType) => _services.PlaceOf(serviceType, null) switch
    {
        ServicePlace.Layer => this,
        ServicePlace.Scopes => new ServiceLayerScopes(_services, _host),
        ServicePlace.Known => _services,
        ServicePlace.Own => Own.GetService(serviceType),
        _ => _host.GetService(serviceType),
    };

    public object? GetKeyedService(Type serviceType, object? serviceKey) => serviceKey is null
        ? GetService(serviceType)
        : ((_services.PlaceOf(serviceType, serviceKey) == ServicePlace.Own ? Own : _host) as IKeyedServiceProvider)?.GetKeyedService(serviceType, serviceKey);

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey) => GetKeyedService(serviceType, serviceKey)
        ?? throw new InvalidOperationException($"Neither the plugin nor the host registers a {serviceType} under the key '{serviceKey}'.");

    public void Dispose()
    {
        _scope?.Dispose();
        _hostScope?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (_scope is { } scope)
        {
            await scope.DisposeAsync().ConfigureAwait(false);
        }

        if (_hostScope is IAsyncDisposable host)
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }
    }

    private IServiceProvider OpenScope()
    {
        lock (_lock)
        {
            if (_scope is null)
            {
                var scope = _services.OpenScope();
                scope.ServiceProvider.GetRequiredService<LayerHolder>().Layer = this;
                _scope = scope;
            }

            return _scope.Value.ServiceProvider;
        }
    }
}
