namespace Flow.Tests.Support;

/// <summary>Where things are in this checkout.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string AirportData => Path.Combine(Root, "plugins", "OurAirports", "data");

    /// <summary>The host as built beside these tests, in the same configuration.</summary>
    public static string HostAssembly
    {
        get
        {
            var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;
            return Path.Combine(Root, "src", "AgentHost", "bin", configuration, "net10.0", "Flatfile.Agent.Host.dll");
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Flatfile.Agent.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("No Flatfile.Agent.sln above the tests: they run from a checkout only.");
    }
}
