using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Core.Plugins.Services;

/// <summary>A registration of a plugin, made so that what it needs may come from the host too.</summary>
internal static class LayeredDescriptor
{
    /// <summary>The same service with the same life. One of an open generic type stays as it is: it sees the plugin's own services only.</summary>
    public static ServiceDescriptor Of(ServiceDescriptor written)
    {
        if (written.ServiceType.IsGenericTypeDefinition)
        {
            return written;
        }

        if (written.IsKeyedService)
        {
            return Make(written) is { } keyed
                ? ServiceDescriptor.DescribeKeyed(written.ServiceType, written.ServiceKey, (own, key) => keyed(LayerOf(own), key), written.Lifetime)
                : written;
        }

        return Make(written) is { } make
            ? ServiceDescriptor.Describe(written.ServiceType, own => make(LayerOf(own), null), written.Lifetime)
            : written;
    }

    private static Func<IServiceProvider, object?, object>? Make(ServiceDescriptor written)
    {
        var type = written.IsKeyedService ? written.KeyedImplementationType : written.ImplementationType;
        if (type is not null)
        {
            var create = PluginActivator.For(type);
            return (layer, _) => create(layer);
        }

        if (written.IsKeyedService)
        {
            return written.KeyedImplementationFactory;
        }

        return written.ImplementationFactory is { } factory ? (layer, _) => factory(layer) : null;
    }

    private static IServiceProvider LayerOf(IServiceProvider own) => own.GetRequiredService<LayerHolder>().Layer
        ?? throw new InvalidOperationException("A scope of the plugin's container was opened past the IServiceScopeFactory the plugin is given.");
}
