using System.CommandLine;
using Flatfile.Agent.Host.Doctoring;

namespace Flatfile.Agent.Host.Commands;

/// <summary>Looks at the agent's surroundings and says what is wrong.</summary>
internal static class DoctorCommand
{
    private const string Description = """
        Look at everything the agent needs: settings, Flatfile and the key's rights, data folder, bus, store, plugins, versions.

        Changes nothing. Works while the agent runs, and while it does not.
        Exit code: 0 nothing is bad, 1 something is.
        """;

    public static void AddTo(RootCommand root, SharedOptions shared)
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else." };
        var command = new Command("doctor", Description) { json };
        command.SetAction((parsed, stop) => Doctor.RunAsync(shared.Read(parsed), parsed.GetValue(json), stop));
        root.Subcommands.Add(command);
    }
}
