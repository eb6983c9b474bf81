using AgentHost.Tests.Support;
using Flatfile.Api;

namespace AgentHost.Tests.Spaces;

/// <summary>Spaces as a whole, from the command line.</summary>
public sealed class SpacesCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ASpaceIsSavedTakenInListedAndDeleted()
    {
        await using var served = await ServedFolder.StartAsync(_folder);
        var space = await served.Client.Spaces.CreateAsync(new SpaceConfig { Name = "Old one" });
        await served.Client.Files.UploadAsync(space.Id, space.EnvironmentId, "a.txt", new MemoryStream([1, 2, 3]));

        var export = await RunAsync("export", space.Id, "-o", _folder["saved.zip"]);
        Assert.True(export.ExitCode == 0, export.Error);
        Assert.Contains("saved.zip", export.Output, StringComparison.Ordinal);
        var import = await RunAsync("import", _folder["saved.zip"], "--name", "New one");
        Assert.True(import.ExitCode == 0, import.Error);
        Assert.Contains("'New one' is at " + served.Url, import.Output, StringComparison.Ordinal);
        var list = await RunAsync("list");
        Assert.Contains("Old one", list.Output, StringComparison.Ordinal);
        Assert.Contains("New one", list.Output, StringComparison.Ordinal);
        Assert.Contains("2 spaces at " + served.Url, list.Output, StringComparison.Ordinal);

        Assert.Equal(0, (await RunAsync("delete", space.Id)).ExitCode);
        var left = await served.Client.Spaces.ListAsync().SingleAsync();
        Assert.Equal("New one", left.Name);
        Assert.Equal(1, left.FilesCount);
    }

    [Fact]
    public async Task WithoutAServerOneIsStartedForTheMoment()
    {
        string id;
        await using (var served = await ServedFolder.StartAsync(_folder))
        {
            id = (await served.Client.Spaces.CreateAsync(new SpaceConfig { Name = "At rest" })).Id;
        }

        var export = await RunAsync("export", id);

        Assert.True(export.ExitCode == 0, export.Error);
        Assert.True(File.Exists(_folder[id + ".zip"]));
        Assert.Contains("At rest", (await RunAsync("list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FaultsSayWhatToDo()
    {
        await using var served = await ServedFolder.StartAsync(_folder);
        (await RunAsync("export", "us_sp_00000000")).IsRefusal(2, "404", "us_sp_00000000");
        (await RunAsync("delete", "nothing")).IsRefusal(2, "404", "nothing");
        (await RunAsync("import", _folder["missing.zip"])).IsRefusal(2, "missing.zip", "cannot be read");
        (await RunAsync("import", _folder.Write("broken.zip", "not a zip at all"))).IsRefusal(2, "400", "no ZIP");
        (await RunAsync("export", "us_sp_00000000", "-o", _folder["broken.zip"])).IsRefusal(2, "exists already", "-o");
        (await RunAsync("export", "us_sp_00000000", "-o", _folder["no/where.zip"])).IsRefusal(2, "folder does not exist");
        (await RunAsync("list", "--url", served.Url, "--key", "sk_wrong")).IsRefusal(2, "401", "--key");
        (await RunAsync("list", "--url", "nonsense")).IsRefusal(2, "--url nonsense", "not an address");
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*.part"));
        Assert.Equal(0, await served.Client.Spaces.ListAsync().CountAsync());
    }

    [Fact]
    public async Task LimitsOfEverySpaceAreSettings()
    {
        await using var served = await ServedFolder.StartAsync(_folder, ("Spaces__MaxSpaceFiles", "1"));
        var space = await served.Client.Spaces.CreateAsync(new SpaceConfig { Name = "Small" });
        await served.Client.Files.UploadAsync(space.Id, space.EnvironmentId, "a.txt", new MemoryStream([1]));

        var refused = await Assert.ThrowsAsync<FlatfileApiException>(
            () => served.Client.Files.UploadAsync(space.Id, space.EnvironmentId, "b.txt", new MemoryStream([1])));

        Assert.Equal(409, (int)refused.Status!);
        Assert.Equal(1, (await served.Client.Spaces.GetUsageAsync(space.Id)).Limits.MaxFiles);
        (await HostProgram.RunAsync(_folder.Path, ["serve", "--data", "other", "--port", "0"], ("Spaces__MaxSpaceFiles", "many"))).IsRefusal(2, "Spaces:MaxSpaceFiles", "many");
    }

    private Task<HostResult> RunAsync(params string[] arguments) => HostProgram.RunAsync(_folder.Path, ["spaces", .. arguments]);
}
