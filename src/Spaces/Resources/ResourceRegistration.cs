using Flatfile.Spaces.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Spaces.Resources;

/// <summary>Adds the resources that are mostly storage.</summary>
internal static class ResourceRegistration
{
    /// <summary>One line per class that answers.</summary>
    public static IServiceCollection AddStoredResources(this IServiceCollection services)
    {
        services.AddSingleton<Places>();
        services.AddSingleton<IEndpoints, StoredEndpoints>();
        services.AddSingleton<IEndpoints, ActionEndpoints>();
        services.AddSingleton<IEndpoints, EntitlementEndpoints>();
        services.AddSingleton<IEndpoints, GuideVersions>();
        services.AddSingleton<IEndpoints, GuidanceEndpoints>();
        services.AddSingleton<IEndpoints, MappingPrograms>();
        services.AddSingleton<IEndpoints, AgentEndpoints>();
        services.AddSingleton<IEndpoints, ConstraintEndpoints>();
        services.AddSingleton<IEndpoints, TransformationEndpoints>();
        services.AddSingleton<IEndpoints, AnalysisEndpoints>();
        services.AddSingleton<IEndpoints, DataClipEndpoints>();
        services.AddSingleton<IEndpoints, NotBuiltEndpoints>();
        return services;
    }
}
