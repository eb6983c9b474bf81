namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>Files that stand beside the tests.</summary>
internal static class TestData
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "data");

    public static string OurAirports(string name) => Path.Combine(Folder, "ourairports", name);
}
