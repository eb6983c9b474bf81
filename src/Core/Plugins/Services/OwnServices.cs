using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Plugins.Services;

/// <summary>The services a plugin registers, in a container of its own that is disposed with the plugin.</summary>
/// <remarks>What they need is looked for among them and then among the host's, which the container never owns and so never disposes.</remarks>
internal sealed class OwnServices : IServiceProviderIsKeyedService, IAsyncDisposable, IDisposable
{
    private static readonly Type[] Settings = [
        typeof(IOptions<>), typeof(IOptionsSnapshot<>), typeof(IOptionsMonitor<>), typeof(IOptionsFactory<>), typeof(IOptionsMonitorCache<>)];

    private static readonly Type[] SettingsSources = [
        typeof(IConfigureOptions<>), typeof(IPostConfigureOptions<>), typeof(IValidateOptions<>), typeof(IOptionsChangeTokenSource<>)];

    private readonly ServiceProvider _own;
    private readonly IServiceProviderIsService _host;
    private readonly HashSet<(Type Type, object? Key)> _registered;
    private readonly HashSet<Type> _settings;

    private OwnServices(ServiceProvider own, IServiceProvider host, IReadOnlyList<ServiceDescriptor> registered)
    {
        _own = own;
        _host = host.GetRequiredService<IServiceProviderIsService>();
        Registered = registered;
        _registered = [.. registered.Select(d => (d.ServiceType, d.ServiceKey)), (typeof(IConfiguration), null)];
        _settings = [.. registered.Where(d => IsOf(d.ServiceType, SettingsSources)).Select(d => d.ServiceType.GetGenericArguments()[0])];
        Root = ServiceLayer.OfRoot(this, host, own);
        own.GetRequiredService<LayerHolder>().Layer = Root;
    }

    /// <summary>As the plugin wrote them.</summary>
    public IReadOnlyList<ServiceDescriptor> Registered { get; }

    /// <summary>For what lives as long as the plugin.</summary>
    public ServiceLayer Root { get; }

    /// <summary>Lets the plugin register what it wants.</summary>
    /// <param name="host">The host's services.</param>
    /// <param name="settings">The plugin's section of the settings.</param>
    /// <param name="register">The plugin's own registrations.</param>
    public static OwnServices Build(IServiceProvider host, IConfiguration settings, Action<IServiceCollection, IConfiguration> register)
    {
        var services = new ServiceCollection();
        services.AddOptions();
        services.AddSingleton(host.GetService<ILoggerFactory>() ?? Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        services.AddSingleton(settings);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddScoped(typeof(IContributions<>), typeof(OwnContributions<>));
        services.AddScoped<LayerHolder>();
        var ours = services.Count;
        register(services, settings);
        var registered = services.Skip(ours).ToList();
        for (var i = ours; i < services.Count; i++)
        {
            services[i] = LayeredDescriptor.Of(services[i]);
        }

        return new OwnServices(services.BuildServiceProvider(), host, registered);
    }

    public AsyncServiceScope OpenScope() => _own.CreateAsyncScope();

    public bool IsService(Type serviceType) => IsKeyedService(serviceType, null);

    public bool IsKeyedService(Type serviceType, object? serviceKey) => PlaceOf(serviceType, serviceKey) switch
    {
        ServicePlace.Host when serviceKey is null => _host.IsService(serviceType),
        ServicePlace.Host => _host is IServiceProviderIsKeyedService keys && keys.IsKeyedService(serviceType, serviceKey),
        ServicePlace.Own when serviceKey is null => _own.GetRequiredService<IServiceProviderIsService>().IsService(serviceType),
        ServicePlace.Own => _own.GetRequiredService<IServiceProviderIsKeyedService>().IsKeyedService(serviceType, serviceKey),
        _ => true,
    };

    /// <summary>Who answers for a service.</summary>
    public ServicePlace PlaceOf(Type type, object? key)
    {
        if (key is null && type == typeof(IServiceProvider))
        {
            return ServicePlace.Layer;
        }

        if (key is null && type == typeof(IServiceScopeFactory))
        {
            return ServicePlace.Scopes;
        }

        if (key is null && (type == typeof(IServiceProviderIsService) || type == typeof(IServiceProviderIsKeyedService)))
        {
            return ServicePlace.Known;
        }

        return type.IsCollectible || IsRegistered(type, key) ? ServicePlace.Own : ServicePlace.Host;
    }

    public void Dispose() => _own.Dispose();

    public ValueTask DisposeAsync() => _own.DisposeAsync();

    private static bool IsOf(Type type, Type[] definitions) => type.IsConstructedGenericType && definitions.Contains(type.GetGenericTypeDefinition());

    private bool IsRegistered(Type type, object? key)
    {
        if (_registered.Contains((type, key)))
        {
            return true;
        }

        if (!type.IsConstructedGenericType)
        {
            return false;
        }

        // A list is the plugin's own when anything in it is; settings are when the plugin sets them.
        var definition = type.GetGenericTypeDefinition();
        return definition == typeof(IEnumerable<>) ? IsRegistered(type.GetGenericArguments()[0], key)
            : Settings.Contains(definition) ? _settings.Contains(type.GetGenericArguments()[0])
            : _registered.Contains((definition, key));
    }
}
