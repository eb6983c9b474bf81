using System.CommandLine;
using Flatfile.Agent.Host.Health;

namespace Flatfile.Agent.Host.Commands;

/// <summary>Asks the agent that runs over the data folder how it is: what a container's health check runs.</summary>
internal static class HealthCommand
{
    private const string Description = """
        Ask the agent that runs over the data folder whether it is ready to work.

        Exit code: 0 it is, 1 it is not, 2 none runs.
        """;

    public static void AddTo(RootCommand root, SharedOptions shared)
    {
        var command = new Command("health", Description);
        command.SetAction((parsed, stop) => HealthQuestion.AskAsync(shared.Read(parsed), stop));
        root.Subcommands.Add(command);
    }
}
