using AgentHost.Tests.Support;
using Contracts.Support;
using Flatfile.Api;

namespace AgentHost.Tests.Suspects;

/// <summary>The process may have 256 MB, and one job wants all of it.</summary>
public sealed class ShortMemoryTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly TemporaryFolder _folder = new();

    public ShortMemoryTests()
    {
        var plugin = Directory.CreateDirectory(Path.Combine(_folder["drop"], "Fatal"));
        File.Copy(Repository.Path("artifacts", "test-plugins", "Fatal", "Fatal.dll"), Path.Combine(plugin.FullName, "Fatal.dll"));
        Directory.CreateDirectory(_folder["witness"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Row", "F-18")]
    public async Task TheJobThatTakesAllMemoryFailsWithThatReasonAndTheOthersGoOn()
    {
        await using var host = await ServedFolder.StartAsync(
            _folder,
            ("Agent__PluginFolders__0", _folder["drop"]), ("WITNESS_FOLDER", _folder["witness"]), ("DOTNET_GCHeapHardLimit", "0x10000000"),
            ("Agent__Jobs__MaxAttempts", "2"), ("Agent__Jobs__FirstDelay", "00:00:00.1"));
        var space = await host.Client.Spaces.CreateAsync(new SpaceConfig { Name = "before" });

        var hog = await host.Client.Jobs.CreateAsync(new JobConfig { Type = "space", Operation = "hog", Source = space.Id, Trigger = JobTrigger.Immediate });
        Job? end = null;
        await Signal.UntilAsync(
            async () => (end = await host.Client.Jobs.GetAsync(hog.Id)).Status is JobStatus.Complete or JobStatus.Failed or JobStatus.Canceled, "the job to end", Limit);
        await host.Client.Spaces.CreateAsync(new SpaceConfig { Name = "after" });
        await Signal.UntilAsync(() => Task.FromResult(File.Exists(Path.Combine(_folder["witness"], "after"))), "'after' to be witnessed", Limit);

        Assert.Equal(JobStatus.Failed, end!.Status);
        Assert.Contains("OutOfMemoryException", (string)end.Outcome!["message"]!, StringComparison.Ordinal);
        Assert.True(host.Program.IsRunning);
    }
}
