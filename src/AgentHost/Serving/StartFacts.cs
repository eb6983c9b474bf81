using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Host.Operating;
using Flatfile.Sqlite;

namespace Flatfile.Agent.Host.Serving;

/// <summary>What a person wants to know of a server that has just started.</summary>
internal static class StartFacts
{
    public static IReadOnlyList<(string Name, string Value)> Of(AgentServer server)
    {
        var facts = new List<(string, string)> { (server.OwnSpaces ? "Spaces" : "Flatfile", server.Url), ("data folder", server.Folder) };
        if (server.OwnSpaces)
        {
            facts.Add(("environment", server.Access.EnvironmentId));
            facts.Add(("key file", DevelopmentKey.FileIn(server.Folder)));
        }

        facts.Add(("operator key", server.OperatorKeyFile ?? $"as {OperatorKey.Setting} says"));
        foreach (var plugin in server.Catalog.Plugins)
        {
            facts.Add(("plugin", plugin.State == PluginState.Loaded
                ? $"{plugin.Name} {plugin.Version} ({Handlers(plugin)}, {plugin.Contributions.Count} contributions)"
                : $"{plugin.Name} REFUSED: {plugin.Reason}"));
            facts.AddRange(plugin.Warnings.Select(w => ("", $"{plugin.Name}: {w}")));
        }

        facts.AddRange(server.Catalog.Hints.Select(h => ("hint", h)));
        facts.Add(("driver", server.Options.Driver));
        facts.Add(("engine", server.Options.Engine));
        facts.Add(("SQLite", SqliteLibrary.Use()));
        facts.Add(("stop", "Ctrl-C"));
        return facts;
    }

    private static string Handlers(PluginStatus plugin)
    {
        var off = plugin.Handlers.Count(h => h.SwitchedOff);
        return off == 0 ? $"{plugin.Handlers.Count} handlers" : $"{plugin.Handlers.Count} handlers, {off} switched off";
    }
}
