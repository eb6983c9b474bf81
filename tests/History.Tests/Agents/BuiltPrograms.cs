using System.Reflection;

namespace History.Tests.Agents;

/// <summary>Where the build laid what the tests start.</summary>
internal static class BuiltPrograms
{
    private static readonly IReadOnlyDictionary<string, string> Facts =
        typeof(BuiltPrograms).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(a => a.Key, a => a.Value!);

    private static string Root => Facts["RepositoryRoot"];

    /// <summary>The host as users run it.</summary>
    public static string Host => Path.Combine(Root, "src", "AgentHost", "bin", Facts["Configuration"], "net10.0", "Flatfile.Agent.Host.dll");

    /// <summary>The agent with a fault put in.</summary>
    public static string Faulty => Path.Combine(Root, "tests", "SeededFaults", "bin", Facts["Configuration"], "net10.0", "SeededFaults.dll");

    /// <summary>The built plugin whose handlers tell the oracle.</summary>
    public static string Plugin => Path.Combine(Root, "artifacts", "test-plugins", "History");
}
