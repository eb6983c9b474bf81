namespace Benchmarks;

/// <summary>Where things are in this checkout.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    /// <summary>The host as built beside these benchmarks, in the same configuration.</summary>
    public static string HostFolder => Path.Combine(Root, "src", "AgentHost", "bin",
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name, "net10.0");

    public static string AirportData => Path.Combine(Root, "plugins", "OurAirports", "data");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Flatfile.Agent.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("No Flatfile.Agent.sln above the benchmarks: they run from a checkout only.");
    }
}
