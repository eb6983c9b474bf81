using System.CommandLine;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Serving;

namespace Flatfile.Agent.Host.Commands;

/// <summary>Prints the settings that point Flatfile's own tools at this data folder's server.</summary>
internal static class EnvCommand
{
    private const string Description = """
        Print the settings that point Flatfile's JavaScript tools at this data folder's server.

        Use it as: eval "$(./agent env)"
        """;

    public static void AddTo(RootCommand root, SharedOptions shared)
    {
        var shell = new Option<string>("--shell") { Description = "sh or pwsh.", HelpName = "NAME", DefaultValueFactory = _ => "sh" };
        shell.AcceptOnlyFromAmong("sh", "pwsh");
        var command = new Command("env", Description) { shell };
        command.SetAction((parsed, stop) => RunAsync(shared.Read(parsed), parsed.GetValue(shell)!, stop));
        root.Subcommands.Add(command);
    }

    private static async Task<int> RunAsync(HostSettings settings, string shell, CancellationToken stop)
    {
        var environment = await DevelopmentEnvironment.FindAsync(settings, stop);
        (string Name, string Value)[] variables =
        [
            ("FLATFILE_API_URL", environment.Url),
            ("AGENT_INTERNAL_URL", environment.Url),
            ("FLATFILE_API_KEY", environment.Key),
            ("FLATFILE_BEARER_TOKEN", environment.Key),
            ("FLATFILE_ENVIRONMENT_ID", environment.Id),
        ];
        foreach (var (name, value) in variables)
        {
            Console.Out.WriteLine(shell == "pwsh"
                ? $"$env:{name} = '{value.Replace("'", "''", StringComparison.Ordinal)}'"
                : $"export {name}='{value.Replace("'", "'\\''", StringComparison.Ordinal)}'");
        }

        return ExitCodes.Done;
    }
}
