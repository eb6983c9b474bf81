using System.Net;
using AgentHost.Tests.Support;
using Contracts.Services;
using Contracts.Support;

namespace AgentHost.Tests.Health;

/// <summary>What orchestrators ask: a store that is away makes the agent not ready, says so, and never makes it die.</summary>
public sealed class HealthTests : IDisposable
{
    private static readonly TimeSpan Return = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PostgresFact]
    [Trait("Row", "F-01")]
    public async Task AStoreThatIsAwayAtTheStartIsWaitedForAndHealthSaysSo()
    {
        await using var cluster = await PostgresCluster.StartAsync();
        var database = await cluster.CreateDatabaseAsync();
        await cluster.StopAsync();
        await using var served = await ServedFolder.StartAsync(_folder, ("Agent__Store__Kind", "PostgreSql"), ("Agent__Store__ConnectionString", cluster.ConnectionString(database)));
        using var browser = new Browser(served.Url);

        foreach (var path in (string[])["/health/ready", "/health/startup"])
        {
            var answer = await browser.GetAsync(path);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("store (PostgreSql) does not answer", text, StringComparison.Ordinal);
            Assert.DoesNotContain("127.0.0.1", text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/health/live")).StatusCode);
        Assert.Equal(1, (await AskAsync()).ExitCode);
        await browser.SignInAsync(served.OperatorKey);
        Assert.Contains("does not answer", await browser.TextAsync("/agent"), StringComparison.Ordinal);
        await cluster.StartAgainAsync();
        await Signal.UntilAsync(async () => (await browser.GetAsync("/health/ready")).IsSuccessStatusCode, "the agent to be ready once its store is back", Return);

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/health/startup")).StatusCode);
        (await AskAsync()).Says(0, "");
        Assert.DoesNotContain("does not answer", await browser.TextAsync("/agent"), StringComparison.Ordinal);
        await cluster.StopAsync();
        await Signal.UntilAsync(async () => (await browser.GetAsync("/health/ready")).StatusCode == HttpStatusCode.ServiceUnavailable, "the agent to see that its store is away");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/health/startup")).StatusCode);
        Assert.True(served.Program.IsRunning);
    }

    [Fact]
    public async Task TheAnswersAreOpenToAllAndSayNothingElse()
    {
        await using var served = await ServedFolder.StartAsync(_folder);
        using var anybody = new Browser(served.Url, ("X-Forwarded-For", "203.0.113.9"));
        await Signal.UntilAsync(async () => (await anybody.GetAsync("/health/ready")).IsSuccessStatusCode, "the agent to be ready");

        Assert.Equal("""{"status":"live","reasons":[]}""", await anybody.TextAsync("/health/live"));
        Assert.Equal("""{"status":"ready","reasons":[]}""", await anybody.TextAsync("/health/ready"));
        Assert.Equal("""{"status":"started","reasons":[]}""", await anybody.TextAsync("/health/startup"));
        var asked = await AskAsync();
        Assert.Equal((0, "ready\n"), (asked.ExitCode, asked.Output));
        (await HostProgram.RunAsync(_folder.Path, ["health", "--data", "elsewhere"])).IsRefusal(2, "No agent runs over the data folder");
    }

    private Task<HostResult> AskAsync() => HostProgram.RunAsync(_folder.Path, ["health"]);
}
