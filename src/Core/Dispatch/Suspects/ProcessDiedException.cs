using System.Globalization;

namespace Flatfile.Agent.Core.Dispatch.Suspects;

/// <summary>A process died of a handler that ran in it alone.</summary>
internal sealed class ProcessDiedException(int exitCode, string lastWords)
    : Exception("The process ended with " + Describe(exitCode) + " while it ran nothing but this handler on this event.")
{
    private const int Signalled = 128;

    public int ExitCode { get; } = exitCode;

    /// <summary>What stands where a stack would.</summary>
    public override string ToString() => lastWords.Length == 0 ? Message : $"{Message}\n{lastWords}";

    /// <summary>The exit code with the signal it stands for.</summary>
    public static string Describe(int exitCode)
    {
        var signal = OperatingSystem.IsWindows()
            ? string.Empty
            : (exitCode - Signalled) switch
            {
                4 => ", SIGILL",
                6 => ", SIGABRT",
                7 => ", SIGBUS",
                9 => ", SIGKILL; the system may have run out of memory",
                11 => ", SIGSEGV",
                _ => string.Empty,
            };
        return string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}{signal}");
    }
}
