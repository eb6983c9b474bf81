using System.Reflection;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Upkeep;
using Flatfile.Agent.Drivers.RabbitMq;
using Flatfile.Agent.Jobs.Quartz;
using Flatfile.Agent.Store.PostgreSql;

namespace Flatfile.Agent.Host.Wiring;

/// <summary>The agent: its plugins, its driver, its engine.</summary>
internal static class AgentWiring
{
    private const string ShippedHandlers = "Flatfile.Agent.Handlers";
    private const string DropInFolder = "plugins";

    public static void AddOwnAgent(this IServiceCollection services, IConfiguration configuration, string dataFolder, bool ownSpaces)
    {
        services.AddAgent(configuration, options =>
        {
            options.DataFolder = Path.Combine(dataFolder, "agent");
            options.Driver = Chosen(configuration, "Agent:Driver") ?? (ownSpaces ? "InProcess" : Chosen(configuration, "Agent:Bridge:To") ?? "Polling");
            options.Engine = Chosen(configuration, "Agent:Engine") ?? "Quartz";
            options.PluginFolders.Clear();
            foreach (var folder in PluginFolders(configuration))
            {
                options.PluginFolders.Add(folder);
            }

            if (ownSpaces)
            {
                // The key of this folder decides; names exported for other tools may speak of another server.
                options.EnvironmentId = null;
            }
        });
        services.AddOwnPlugins(configuration);
        services.AddPostgresStore(configuration);
        services.AddRabbitMqDriver(configuration);
        services.AddQuartzEngine(configuration);
        services.AddUpkeep();
        services.AddAdapters(configuration);
    }

    /// <summary>The handlers we ship, then those of the drop-in folders.</summary>
    public static void AddOwnPlugins(this IServiceCollection services, IConfiguration configuration) => services.AddPlugins(plugins =>
    {
        plugins.BuiltIn.Add((ShippedHandlers, Assembly.Load(ShippedHandlers)));
        foreach (var folder in PluginFolders(configuration).Except(plugins.Folders))
        {
            plugins.Folders.Add(folder);
        }
    });

    /// <summary>Absolute; relative ones are meant beside the host.</summary>
    public static IReadOnlyList<string> PluginFolders(IConfiguration configuration)
    {
        var written = configuration.GetSection("Agent:PluginFolders").GetChildren().Select(c => c.Value).OfType<string>().ToList();
        return [.. (written.Count == 0 ? [DropInFolder] : written).Select(f => Path.GetFullPath(f, AppContext.BaseDirectory)).Distinct()];
    }

    private static string? Chosen(IConfiguration configuration, string key) =>
        configuration[key] is { Length: > 0 } value ? value : null;
}
