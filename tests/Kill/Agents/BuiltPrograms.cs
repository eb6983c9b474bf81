using System.Reflection;

namespace Kill.Agents;

/// <summary>Where the build laid what is started.</summary>
internal static class BuiltPrograms
{
    private static readonly IReadOnlyDictionary<string, string> Facts =
        typeof(BuiltPrograms).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(a => a.Key, a => a.Value!);

    /// <summary>The host as users run it.</summary>
    public static string Host => Built("src", "AgentHost", "Flatfile.Agent.Host.dll");

    /// <summary>The agent with a fault put in.</summary>
    public static string Faulty => Built("tests", "SeededFaults", "SeededFaults.dll");

    /// <summary>The folder of a plugin made for tests.</summary>
    public static string Plugin(string name) => Path.Combine(Facts["RepositoryRoot"], "artifacts", "test-plugins", name);

    private static string Built(string folder, string project, string file) =>
        Path.Combine(Facts["RepositoryRoot"], folder, project, "bin", Facts["Configuration"], "net10.0", file);
}
