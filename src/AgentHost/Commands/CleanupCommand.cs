using System.CommandLine;
using Flatfile.Agent.Host.Recurring;

namespace Flatfile.Agent.Host.Commands;

/// <summary>The cleanup of completed spaces, seen before and done now.</summary>
internal static class CleanupCommand
{
    private const string Description = """
        See which completed spaces would be exported and deleted, or have it done.

        The running agent does it, whatever Agent:Cleanup:DryRun says. Each space is exported to one file, the file is read again and held against
        the server's counts, and only then the space is deleted. A space with the label 'hold' stays.
        """;

    public static void AddTo(RootCommand root, SharedOptions shared)
    {
        var command = new Command("cleanup", Description);
        var preview = new Command("preview", "Print what would go, and what stays and why. Changes nothing.");
        preview.SetAction((parsed, stop) => CleanupCall.RunAsync(shared.Read(parsed), "preview", stop));
        var run = new Command("run", "Export, verify and delete, at most Agent:Cleanup:MaxPerRun spaces. Exit code: 0 all of them went, 1 some stay.");
        run.SetAction((parsed, stop) => CleanupCall.RunAsync(shared.Read(parsed), "run", stop));
        command.Subcommands.Add(preview);
        command.Subcommands.Add(run);
        root.Subcommands.Add(command);
    }
}
