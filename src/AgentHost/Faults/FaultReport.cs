using Flatfile.Agent.Core.Startup;

namespace Flatfile.Agent.Host.Faults;

/// <summary>Writes a fault to standard error and answers the exit code.</summary>
internal static class FaultReport
{
    private const string Indent = "       ";

    public static int Write(TextWriter error, Exception fault, bool verbose)
    {
        switch (fault)
        {
            case UserFault user:
                Lines(error, user.Message, user.Why, user.ToDo);
                return user.ExitCode;
            case AgentStartException start:
                Lines(error, [.. start.Faults]);
                return ExitCodes.Usage;
            case InvalidOperationException { Source: UnreadableSetting.Source }:
                Lines(error, fault.Message, UnreadableSetting.Known(fault), "Correct it in appsettings.json or the environment, or leave it out: every setting has a default. ./agent doctor looks at all of them.");
                return ExitCodes.Usage;
            case OperationCanceledException:
                Lines(error, "Stopped before the end.", "Start the same command again: it goes on where it was.");
                return ExitCodes.Failed;
            default:
                Lines(error, $"{fault.GetType().Name}: {fault.Message}", "This was not foreseen.",
                    verbose ? "The trace follows." : "Run it again with --verbose to see where it happened.");
                if (verbose)
                {
                    error.WriteLine(fault);
                }

                return ExitCodes.Failed;
        }
    }

    private static void Lines(TextWriter error, params IReadOnlyList<string> sentences)
    {
        var lines = sentences.SelectMany(s => s.Split('\n')).Select(s => s.TrimEnd()).Where(s => s.Length > 0).ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            error.WriteLine((i == 0 ? "error: " : Indent) + lines[i]);
        }
    }
}
