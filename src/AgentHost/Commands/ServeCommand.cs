using System.CommandLine;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Output;
using Flatfile.Agent.Host.Serving;
using Spectre.Console;

namespace Flatfile.Agent.Host.Commands;

/// <summary>Serves until told to stop: the default command.</summary>
internal static class ServeCommand
{
    public static void AddTo(RootCommand root, SharedOptions shared)
    {
        var command = new Command("serve", "Serve Spaces and the agent in one process, on this machine only. The default.");
        command.SetAction((parsed, stop) => RunAsync(shared.Read(parsed), stop));
        root.SetAction((parsed, stop) => RunAsync(shared.Read(parsed), stop));
        root.Subcommands.Add(command);
    }

    private static async Task<int> RunAsync(HostSettings settings, CancellationToken stop)
    {
        await using var server = await AgentServer.StartAsync(settings with { ShowsStart = true }, settings.Port ?? HostSettings.DefaultPort, stop);
        var screen = Screen.Out();
        StartTable.Write(screen, StartFacts.Of(server));
        await server.RunAsync(stop);
        screen.WriteLine("Stopped.");
        return server.IsRestartAsked ? ExitCodes.Restart : ExitCodes.Done;
    }
}
