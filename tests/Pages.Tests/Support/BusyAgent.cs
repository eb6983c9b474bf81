using AgentHost.Tests.Support;
using Contracts.Support;
using Flatfile.Api;

namespace Pages.Tests.Support;

/// <summary>A host with everything its page can show: jobs that run, wait, stumble and failed, dead letters, a refused plugin, events.</summary>
internal static class BusyAgent
{
    private const int Working = 10;

    public static async Task<ServedFolder> StartAsync(TemporaryFolder folder, params (string Name, string Value)[] settings)
    {
        foreach (var plugin in (string[])["Busy", "GivesUp", "ThrowsInConstructor"])
        {
            var drop = Directory.CreateDirectory(Path.Combine(folder["drop"], plugin));
            File.Copy(Repository.Path("artifacts", "test-plugins", plugin, plugin + ".dll"), Path.Combine(drop.FullName, plugin + ".dll"));
        }

        var served = await ServedFolder.StartAsync(folder, [("Agent__PluginFolders__0", folder["drop"]), ("Agent__MaxConcurrentJobs", "7"), ("Agent__Jobs__FirstDelay", "00:10:00"), .. settings]);
        // Those that end or wait come first: the ones that work do not give their places back.
        var refused = new List<Job>();
        var stumbling = new List<Job>();
        for (var i = 0; i < 3; i++)
        {
            refused.Add(await StartAsync(served, "refuse"));
            stumbling.Add(await StartAsync(served, "stumble"));
        }

        foreach (var job in refused)
        {
            await UntilAsync(served, job.Id, j => j.Status == JobStatus.Failed);
        }

        foreach (var job in stumbling)
        {
            await UntilAsync(served, job.Id, j => j.Info?.Contains("Trying again", StringComparison.Ordinal) == true);
        }

        for (var i = 0; i < Working; i++)
        {
            await StartAsync(served, "busy");
        }

        return served;
    }

    /// <summary>A job in a space of its own: jobs of one space run one after the other.</summary>
    public static async Task<Job> StartAsync(ServedFolder served, string operation)
    {
        var space = await served.Client.Spaces.CreateAsync(new SpaceConfig { Name = "<b>Kontakte</b> 2026" });
        return await served.Client.Jobs.CreateAsync(new JobConfig { Type = "space", Operation = operation, Source = space.Id, Trigger = "immediate" });
    }

    public static Task UntilAsync(ServedFolder served, string jobId, Func<Job, bool> isSo) => Signal.UntilAsync(
        async () => isSo(await served.Client.Jobs.GetAsync(jobId)), $"job {jobId} to stand as expected", TimeSpan.FromSeconds(60));
}
