using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using Flatfile.Agent.Core.Dispatch.Suspects;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Host.Wiring;

namespace Flatfile.Agent.Host.Commands;

/// <summary>The process in which the agent runs handlers under suspicion. Started by the agent, not by people, and so not shown in the help.</summary>
internal static class RunSuspectCommand
{
    private const string Name = "run-suspect";

    public static void AddTo(RootCommand root, SharedOptions shared)
    {
        var command = new Command(Name, "Run handlers for an agent, over standard input and output.") { Hidden = true };
        command.SetAction((parsed, _) => RunAsync(shared.Read(parsed)));
        root.Subcommands.Add(command);
    }

    /// <summary>Lets the agent start this program again as such a process. The key goes through the pipe, never onto the command line.</summary>
    public static void AddRunSuspect(this IServiceCollection services, HostSettings settings)
    {
        var dll = Assembly.GetExecutingAssembly().Location;
        var program = Environment.ProcessPath;
        var isOurs = program is not null && Path.GetFileNameWithoutExtension(program) == Path.GetFileNameWithoutExtension(dll);
        string[] arguments = [Name, "--data", settings.DataFolder];
        services.AddSuspectProcess(isOurs ? program! : "dotnet", isOurs ? arguments : [dll, .. arguments]);
    }

    private static async Task<int> RunAsync(HostSettings settings)
    {
        var input = Console.OpenStandardInput();
        var output = Console.OpenStandardOutput();

        // Handlers that print must not print into the pipe.
        Console.SetOut(Console.Error);
        Console.SetIn(TextReader.Null);

        // Signals are for the agent. This process ends when the agent closes the pipe; ending before would look like a death.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddQuietLog(settings));
        services.AddOwnAgent(settings.Configuration, settings.DataFolder, ownSpaces: true);
        await SuspectWorker.RunAsync(services, input, output);

        // Also when a handler left a thread behind that would keep the process.
        Environment.Exit(Faults.ExitCodes.Done);
        return Faults.ExitCodes.Done;
    }
}
