using Flatfile.Agent.Core.Drivers.InProcess;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Host.Handles;
using Flatfile.Spaces;

namespace Flatfile.Agent.Host.Wiring;

/// <summary>Spaces in this process: the server, its events as the agent's feed, and its address as the agent's Flatfile.</summary>
internal static class SpacesWiring
{
    public static void AddOwnSpaces(this IServiceCollection services, IConfiguration configuration, string dataFolder, string url, HandleBudget budget)
    {
        services.AddSpaces(options =>
        {
            options.DataFolder = dataFolder;
            options.BaseUrl = new Uri(url);
            options.MaxOpenSpaces = budget.Spaces(options.MaxOpenSpaces);
            SpacesLimits.Apply(configuration, options);
        });
        services.AddSingleton<ISpaceAccessHandler, PluginAccess>();
        services.AddSingleton<IEventFeed, SpacesEventFeed>();
        services.AddSingleton<IFlatfileEndpoint>(provider => new OwnSpacesEndpoint(new Uri(url), provider.GetRequiredService<ISpacesAccess>()));
    }

    /// <summary>With a key of its own: the development key is refused while others reach this server.</summary>
    private sealed class OwnSpacesEndpoint(Uri address, ISpacesAccess access) : IFlatfileEndpoint
    {
        public Uri BaseAddress => address;

        public string? Token => access.ProcessKey;
    }
}
