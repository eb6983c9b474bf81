using System.Net;
using AgentHost.Tests.Support;
using Contracts.Support;

namespace AgentHost.Tests.Telemetry;

public sealed class MetricsEndpointTests : IDisposable
{
    private const string ReaderKey = "rd_0123456789abcdef0123456789abcdef";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ProgramsOfThisMachineReadThemAndOthersWithAKeyOnly()
    {
        await using var served = await ServedFolder.StartAsync(_folder, ("Agent__Dashboard__ReaderKey", ReaderKey));
        await served.Client.Spaces.CreateAsync(new Flatfile.Api.SpaceConfig { Name = "measured" });
        using var local = new Browser(served.Url);
        await Signal.UntilAsync(async () => (await local.TextAsync("/metrics")).Contains("flatfile_events_received_total ", StringComparison.Ordinal), "the space's event to be counted");

        var answer = await local.GetAsync("/metrics");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Contains("# TYPE flatfile_events_received_total counter", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE http_server_request_duration_seconds histogram", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches("^(# (HELP|TYPE) |[a-zA-Z_:][a-zA-Z0-9_:]*(\\{.*\\})? [^ ]+$)", line));
        Assert.DoesNotContain(served.OperatorKey, text, StringComparison.Ordinal);
        foreach (var (name, value) in ((string, string)[])[("X-Forwarded-For", "127.0.0.1"), ("Forwarded", "for=127.0.0.1"), ("Via", "1.1 proxy"), ("Host", "agent.example"), ("Host", "rebound.example:5080")])
        {
            using var stranger = new Browser(served.Url, (name, value));
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/metrics")).StatusCode);
            using var wrong = new Browser(served.Url, (name, value), ("Authorization", "Bearer wrong"));
            Assert.Equal(HttpStatusCode.Unauthorized, (await wrong.GetAsync("/metrics")).StatusCode);
            using var reader = new Browser(served.Url, (name, value), ("Authorization", "Bearer " + ReaderKey));
            Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/metrics")).StatusCode);
            using var keeper = new Browser(served.Url, (name, value), ("Authorization", "Bearer " + served.OperatorKey));
            Assert.Equal(HttpStatusCode.OK, (await keeper.GetAsync("/metrics")).StatusCode);
        }
    }
}
