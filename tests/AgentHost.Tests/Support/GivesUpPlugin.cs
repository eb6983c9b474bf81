namespace AgentHost.Tests.Support;

/// <summary>The test plugin whose handler gives every new space up until it is mended.</summary>
internal static class GivesUpPlugin
{
    public const string Handler = "GivesUp/GivesUp.NeedsCountry";

    /// <summary>Laid into a drop-in folder of the test; the setting makes the host look there and nowhere else.</summary>
    public static (string Name, string Value) LayInto(TemporaryFolder folder)
    {
        var plugin = Directory.CreateDirectory(Path.Combine(folder["drop"], "GivesUp"));
        File.Copy(Repository.Path("artifacts", "test-plugins", "GivesUp", "GivesUp.dll"), Path.Combine(plugin.FullName, "GivesUp.dll"));
        return ("Agent__PluginFolders__0", folder["drop"]);
    }

    /// <summary>From now on the handler does its work.</summary>
    public static void Mend(TemporaryFolder folder) => folder.Write("mended", string.Empty);

    /// <summary>What it did, a line for each space.</summary>
    public static string[] Done(TemporaryFolder folder) => File.Exists(folder["countries.txt"]) ? File.ReadAllLines(folder["countries.txt"]) : [];
}
