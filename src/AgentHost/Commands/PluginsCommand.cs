using System.CommandLine;
using Flatfile.Agent.Host.Plugins;

namespace Flatfile.Agent.Host.Commands;

/// <summary>The plugins of the running agent, and their versions.</summary>
internal static class PluginsCommand
{
    public static void AddTo(RootCommand root, SharedOptions shared)
    {
        var command = new Command("plugins", "See the plugins of the running agent; go back to the version before, or take what lies in the folder.");
        var list = new Command("list", "Print each plugin with its state, its version, and what it can go back to.");
        list.SetAction((parsed, stop) => PluginListing.RunAsync(shared.Read(parsed), stop));
        command.Subcommands.Add(list);
        AddOrder(command, shared, "rollback", "Go back to the version before. It stays, also over a restart, until the plugin's folder changes.");
        AddOrder(command, shared, "reload", "Take what lies in the plugin's folder now, also what was rolled back before.");
        root.Subcommands.Add(command);
    }

    private static void AddOrder(Command parent, SharedOptions shared, string name, string description)
    {
        var plugin = new Argument<string>("NAME") { Description = "The plugin, as its folder is named." };
        var command = new Command(name, description) { plugin };
        command.SetAction((parsed, stop) => PluginAlteration.RunAsync(shared.Read(parsed), name, parsed.GetValue(plugin)!, stop));
        parent.Subcommands.Add(command);
    }
}
