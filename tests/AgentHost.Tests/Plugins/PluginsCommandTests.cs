using AgentHost.Tests.Support;

namespace AgentHost.Tests.Plugins;

/// <summary>A plugin is updated by laying the new version over the old one while the agent runs, and goes back by one command.</summary>
public sealed class PluginsCommandTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AnUpdateIsTakenInWhileTheAgentRunsAndTakenBackByOneCommand()
    {
        Install("Shipping");
        await using var agent = await ServedFolder.StartAsync(
            _folder, ("Agent__PluginFolders__0", _folder["drop"]), ("Agent__PluginWatch__Interval", "00:00:00.2"), ("Agent__PluginWatch__Quiet", "00:00:00.3"));
        Assert.Contains("1.0.0.0", await ListAsync(), StringComparison.Ordinal);

        Install("ShippingFixed");
        await UntilAsync("1.1.0.0");
        var rollback = await RunAsync("rollback", "Shipping");
        var back = await ListAsync();
        var reload = await RunAsync("reload", "Shipping");
        var forth = await ListAsync();

        Assert.Equal((0, ""), (rollback.ExitCode, rollback.Error));
        Assert.Contains("1.0.0.0", rollback.Output, StringComparison.Ordinal);
        Assert.Matches(@"Shipping\s*\|\s*loaded\s*\|\s*1\.0\.0\.0", back);
        Assert.Equal(0, reload.ExitCode);
        Assert.Matches(@"Shipping\s*\|\s*loaded\s*\|\s*1\.1\.0\.0", forth);
    }

    [Fact]
    public async Task APluginNobodyHasIsSaid()
    {
        await using var agent = await ServedFolder.StartAsync(_folder);

        var result = await RunAsync("rollback", "Nobody");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Nobody", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAnAgentItSaysWhatToDo()
    {
        var result = await RunAsync("list");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Start ./agent", result.Error, StringComparison.Ordinal);
    }

    private void Install(string build)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder["drop"], "Shipping")).FullName;
        foreach (var file in Directory.EnumerateFiles(Repository.Path("artifacts", "test-plugins", build)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }
    }

    private async Task UntilAsync(string version)
    {
        using var limit = new CancellationTokenSource(Limit);
        for (var seen = ""; !seen.Contains(version, StringComparison.Ordinal); seen = await ListAsync())
        {
            Assert.False(limit.IsCancellationRequested, $"Version {version} was not taken in within {Limit}:\n{seen}");
        }
    }

    private async Task<string> ListAsync()
    {
        var result = await RunAsync("list");
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }

    private Task<HostResult> RunAsync(params string[] arguments) => HostProgram.RunAsync(_folder.Path, ["plugins", .. arguments]);
}
