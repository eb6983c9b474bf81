namespace AgentHost.Tests.Recordings;

/// <summary>The recordings of a data folder.</summary>
internal static class FailedRuns
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static string FolderIn(string data) => Path.Combine(data, "agent", "recordings");

    /// <summary>Returns when so many runs have failed and their recordings are closed.</summary>
    public static Task UntilAsync(string data, int atLeast) => WaitAsync(() => Task.FromResult(Ended(data) >= atLeast), $"{atLeast} recordings of failed runs");

    /// <summary>Looks again and again, for what gives no signal of its own.</summary>
    public static async Task WaitAsync(Func<Task<bool>> condition, string what)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (!await condition())
            {
                await ticks.WaitForNextTickAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            Assert.Fail($"Waited {Limit.TotalSeconds:0} s in vain for {what}.");
        }
    }

    private static int Ended(string data) => Directory.Exists(FolderIn(data))
        ? Directory.GetFiles(FolderIn(data)).Count(f => Read(f).Contains("\"end\":\"failed\"", StringComparison.Ordinal))
        : 0;

    private static string Read(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }
}
