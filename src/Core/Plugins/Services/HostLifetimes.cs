using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Core.Plugins.Services;

/// <summary>How long the services of the host live, from the collection they were registered in.</summary>
internal sealed class HostLifetimes(IServiceCollection services)
{
    /// <summary>Whether a service lives only as long as one event or one run.</summary>
    public bool IsScoped(Type type)
    {
        var definition = type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;
        return services.LastOrDefault(s => s.ServiceType == type || s.ServiceType == definition) is { Lifetime: ServiceLifetime.Scoped };
    }
}
