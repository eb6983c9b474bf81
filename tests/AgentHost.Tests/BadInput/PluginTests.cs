using AgentHost.Tests.Support;

namespace AgentHost.Tests.BadInput;

/// <summary>Plugins that cannot run: each is named with its reason where the server says what it loaded, and everything else runs.</summary>
public sealed class PluginTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task BadOnesAreNamedWithTheirReasonAndTheOthersRun()
    {
        var drop = Directory.CreateDirectory(_folder["drop"]);
        File.WriteAllBytes(Path.Combine(drop.CreateSubdirectory("Hollow").FullName, "Hollow.dll"), []);
        foreach (var plugin in (string[])["OtherVersion", "OwnContract", "ThrowsInConstructor", "Good"])
        {
            Copy(Repository.Path("artifacts", "test-plugins", plugin), drop.CreateSubdirectory(plugin).FullName);
        }

        await using var served = await ServedFolder.StartAsync(_folder, ("Agent__PluginFolders__0", "plugins"), ("Agent__PluginFolders__1", drop.FullName));

        var output = served.Program.Output;
        Assert.Matches("Hollow REFUSED: .*0 bytes", output);
        Assert.Matches("OtherVersion REFUSED: It was built for Flatfile.Agent.Abstractions 99", output);
        Assert.Matches("ThrowsInConstructor REFUSED: The constructor of .* throws", output);
        Assert.Matches("OwnContract: The folder carries its own copy of Flatfile.Agent.Abstractions.dll", output);
        Assert.DoesNotContain("Good REFUSED", output);
        Assert.DoesNotContain("OurAirports REFUSED", output);
        Assert.Empty(served.Program.Error);
        Assert.Equal(0, await served.Client.Spaces.ListAsync().CountAsync());
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
