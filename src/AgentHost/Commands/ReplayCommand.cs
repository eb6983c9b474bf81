using System.CommandLine;
using Flatfile.Agent.Host.Replaying;

namespace Flatfile.Agent.Host.Commands;

/// <summary>Runs a handler against a recording, offline.</summary>
internal static class ReplayCommand
{
    private const string Description = """
        Run a handler against a recording: Flatfile's answers come from the file, and nothing is sent anywhere.

        Prints every call and what it wrote, compared with the recorded ones. Writes that were not recorded are shown and not sent.
        Exit code: 0 the handler ended well, 1 it failed, 2 it did not run.
        """;

    public static void AddTo(RootCommand root, SharedOptions shared)
    {
        var file = new Argument<string>("FILE") { Description = "What ./agent record saved." };
        var plugins = new Option<string?>("--plugins") { Description = "A folder of plugins to take the handler from, instead of the configured ones.", HelpName = "DIR" };
        var handler = new Option<string?>("--handler") { Description = "Run this handler instead of the recorded one.", HelpName = "ID" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else." };
        var command = new Command("replay", Description) { file, plugins, handler, json };
        command.SetAction((parsed, stop) => Replay.RunAsync(
            shared.Read(parsed), parsed.GetValue(file)!, parsed.GetValue(plugins), parsed.GetValue(handler), parsed.GetValue(json), stop));
        root.Subcommands.Add(command);
    }
}
