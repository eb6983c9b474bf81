using System.Globalization;
using System.Text.Json;
using Flatfile.Agent.Host.Commands;
using Flatfile.Agent.Host.Events;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Operating;
using Flatfile.Agent.Host.Output;
using Spectre.Console;

namespace Flatfile.Agent.Host.Plugins;

/// <summary>Prints the plugins of the running agent.</summary>
internal static class PluginListing
{
    public static async Task<int> RunAsync(HostSettings settings, CancellationToken stop)
    {
        using var agent = RunningAgent.Open(settings);
        var plugins = (await agent.GetAsync("plugins", stop)).Deserialize(OperatorJson.Default.IReadOnlyListPluginDetail)!;
        var screen = Screen.Out();
        var table = new Table { Border = Screen.Border(screen) };
        table.AddColumn("plugin").AddColumn("state").AddColumn("version").AddColumn("since").AddColumn("can go back to").AddColumn("still draining");
        foreach (var plugin in plugins)
        {
            table.AddRow(
                new Text(plugin.Name), State(plugin), new Text(plugin.Version ?? "-"),
                new Text(plugin.Since?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "-"),
                new Text(plugin.Earlier.Count == 0 ? "-" : string.Join("\n", plugin.Earlier)), new Text(plugin.Draining.Count == 0 ? "-" : string.Join("\n", plugin.Draining)));
        }

        screen.Write(table);
        foreach (var plugin in plugins)
        {
            foreach (var line in plugin.Warnings.Prepend(plugin.Notice).Prepend(plugin.Reason).OfType<string>())
            {
                screen.WriteLine($"{plugin.Name}: {line}");
            }
        }

        return ExitCodes.Done;
    }

    private static Text State(PluginDetail plugin) => plugin.State == "loaded"
        ? new Text(plugin.State, new Style(plugin.Notice is null ? Color.Green : Color.Yellow))
        : new Text(plugin.State, new Style(Color.Red));
}
