using Flatfile.Agent.Core.Drivers.InProcess;
using Flatfile.Agent.Core.Startup;
using Flatfile.Spaces;

namespace Flatfile.Agent.Host.Wiring;

/// <summary>Spaces in this process: the server, its events as the agent's feed, and its address as the agent's Flatfile.</summary>
internal static class SpacesWiring
{
    public static void AddOwnSpaces(this IServiceCollection services, IConfiguration configuration, string dataFolder, string url)
    {
        services.AddSpaces(options =>
        {
            options.DataFolder = dataFolder;
            options.BaseUrl = new Uri(url);
            SpacesLimits.Apply(configuration, options);
        });
        services.AddSingleton<ISpaceAccessHandler, PluginAccess>();
        services.AddSingleton<IEventFeed, SpacesEventFeed>();
        services.AddSingleton<IFlatfileEndpoint>(provider => new OwnSpacesEndpoint(new Uri(url), provider.GetRequiredService<ISpacesAccess>()));
    }

    /// <summary>The key is known once Spaces has started.</summary>
    private sealed class OwnSpacesEndpoint(Uri address, ISpacesAccess access) : IFlatfileEndpoint
    {
        public Uri BaseAddress => address;

        public string? Token => access.DevelopmentKey;
    }
}
