namespace AgentHost.Tests.Support;

/// <summary>The checked-out repository.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Flatfile.Agent.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Flatfile.Agent.sln is in no folder above " + AppContext.BaseDirectory);
        }

        return folder.FullName;
    }
}
