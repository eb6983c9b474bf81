using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using Flatfile.Sqlite;

namespace Flatfile.Agent.Host.Commands;

/// <summary>Prints the version, and of what it stands on.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public static string Version { get; } = typeof(VersionAction).Assembly.GetName().Version!.ToString(3);

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine($"Flatfile.Agent {Version}");
        output.WriteLine($"{RuntimeInformation.FrameworkDescription}, SQLite {SqliteLibrary.Use()}, {RuntimeInformation.OSDescription}");
        return 0;
    }
}
