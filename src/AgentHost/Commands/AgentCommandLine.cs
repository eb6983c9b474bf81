using System.CommandLine;
using System.CommandLine.Help;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Serving;

namespace Flatfile.Agent.Host.Commands;

/// <summary>The command line: which commands there are, and how a fault becomes a message and an exit code.</summary>
internal static class AgentCommandLine
{
    private const string Description = """
        Turns other people's files into validated sheets.

        Without a command it serves Spaces and the agent on http://localhost:5080.
        Two more commands belong to the script: ./agent test runs every test, ./agent bench the benchmarks.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        var shared = new SharedOptions();
        var root = Create(shared);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return Refuse(parsed);
        }

        using var stop = new StopSignal();
        try
        {
            // Signals are ours: a stop is a clean end of the work in hand, not the end of the command line's patience.
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(invocation, stop.Token);
        }
        catch (Exception fault)
        {
            return FaultReport.Write(Console.Error, fault, parsed.GetValue(shared.Verbose));
        }
    }

    internal static RootCommand Create(SharedOptions shared)
    {
        var root = new RootCommand(Description) { HelpName = "./agent" };
        shared.AddTo(root);
        var version = root.Options.OfType<VersionOption>().Single();
        version.Action = new VersionAction();
        version.Description = "Show the version, and of what it stands on.";
        root.Options.OfType<HelpOption>().Single().Description = "Show this.";
        ServeCommand.AddTo(root, shared);
        ImportCommand.AddTo(root, shared);
        ReadCommand.AddTo(root);
        SpacesCommand.AddTo(root, shared);
        DeadCommand.AddTo(root, shared);
        EnvCommand.AddTo(root, shared);
        ExplainCommand.AddTo(root, shared);
        RecordCommand.AddTo(root, shared);
        ReplayCommand.AddTo(root, shared);
        EventsCommand.AddTo(root, shared);
        PluginsCommand.AddTo(root, shared);
        RecurringCommand.AddTo(root, shared);
        CleanupCommand.AddTo(root, shared);
        DoctorCommand.AddTo(root, shared);
        HealthCommand.AddTo(root, shared);
        RunSuspectCommand.AddTo(root, shared);
        return root;
    }

    private static int Refuse(ParseResult parsed)
    {
        foreach (var message in parsed.Errors.Select(e => e.Message).Distinct())
        {
            Console.Error.WriteLine("error: " + message);
        }

        var command = parsed.CommandResult.Command;
        Console.Error.WriteLine($"       See ./agent {PathOf(command)}--help");
        return ExitCodes.Usage;
    }

    private static string PathOf(Symbol command) =>
        command is RootCommand ? string.Empty : PathOf(command.Parents.OfType<Command>().First()) + command.Name + " ";
}
