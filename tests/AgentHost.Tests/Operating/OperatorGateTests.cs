using System.Text.Json.Nodes;
using AgentHost.Tests.Support;

namespace AgentHost.Tests.Operating;

/// <summary>The operator's endpoint opens to its own key and to nothing else, and its faults tell no secrets.</summary>
public sealed class OperatorGateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OnlyTheOperatorsKeyOpensIt()
    {
        await using var served = await ServedFolder.StartAsync(_folder);
        using var open = new OperatorClient(served.Url, served.OperatorKey);

        Assert.Equal(200, (await open.SendAsync(HttpMethod.Get, "status")).Status);
        foreach (var key in (string?[])[null, "wrong", served.Key, served.OperatorKey + "0", served.OperatorKey[..^1], ""])
        {
            using var closed = new OperatorClient(served.Url, key);
            foreach (var path in (string[])["status", "dead", "nowhere", "/agent", "/AGENT/v1/status", "/%61gent/v1/status"])
            {
                var (status, body) = await closed.SendAsync(HttpMethod.Get, path);
                Assert.True(status == 401, $"{key} at {path}: {status} {body}");
                Assert.DoesNotContain(served.OperatorKey, body, StringComparison.Ordinal);
            }

            Assert.Equal(401, (await closed.SendAsync(HttpMethod.Post, "dead/drop", """{"all":true}""")).Status);
        }

        Assert.DoesNotContain(served.OperatorKey, served.Program.Output);
        using var spaces = new HttpClient();
        spaces.DefaultRequestHeaders.Authorization = new("Bearer", served.OperatorKey);
        Assert.Equal(401, (int)(await spaces.GetAsync(served.Url + "/v1/spaces")).StatusCode);
    }

    [Fact]
    public async Task TheKeyIsMadeOnceForItsOwnerAloneAndOneThatOthersMayReadIsRefused()
    {
        string key;
        await using (var served = await ServedFolder.StartAsync(_folder))
        {
            key = served.OperatorKey;
        }

        var file = Path.Combine(_folder["data"], "operator-key");
        Assert.Matches("^op_[0-9a-f]{64}$", key);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        await using (var again = await ServedFolder.StartAsync(_folder))
        {
            Assert.Equal(key, again.OperatorKey);
        }

        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        (await HostProgram.RunAsync(_folder.Path, ["serve", "--port", "0"])).IsRefusal(2, "operator-key", "chmod 600");
    }

    [Fact]
    public async Task TheSettingTakesThePlaceOfTheFileAndMustBeLong()
    {
        const string key = "a-long-random-text-of-forty-characters-1";
        await using var served = await ServedFolder.StartAsync(_folder, ("Agent__OperatorKey", key));
        using var open = new OperatorClient(served.Url, key);

        Assert.Equal(200, (await open.SendAsync(HttpMethod.Get, "status")).Status);
        Assert.False(File.Exists(Path.Combine(_folder["data"], "operator-key")));
        (await HostProgram.RunAsync(_folder.Path, ["serve", "--data", "other", "--port", "0"], ("Agent__OperatorKey", "short"))).IsRefusal(2, "5 characters", "Agent:OperatorKey");
    }

    [Fact]
    public async Task FaultsAreJsonAndSayWhatWhyAndWhatToDo()
    {
        (string Method, string Path, string? Body, int Status, string Says)[] calls =
        [
            ("GET", "nowhere", null, 404, "nothing at GET /agent/v1/nowhere"),
            ("GET", "dead?handlr=x", null, 400, "no parameter 'handlr'"),
            ("GET", "dead?limit=many", null, 400, "limit is 'many'"),
            ("GET", "dead?since=soon", null, 400, "since is 'soon'"),
            ("GET", "dead?states=lost", null, 400, "no state 'lost'"),
            ("GET", "dead/99", null, 404, "no dead letter 99"),
            ("POST", "dead/drop", "{}", 400, "Nothing says which"),
            ("POST", "dead/drop", "{\"handlr\":\"x\",\"all\":true}", 400, "handlr"),
            ("POST", "dead/replay", "[", 400, "cannot be read"),
            ("POST", "dead/replay", "{\"ids\":[1],\"limit\":0}", 400, "limit is 0"),
            ("GET", "bus/dead", null, 409, "no dead-letter queue of its own"),
        ];
        await using var served = await ServedFolder.StartAsync(_folder);
        using var agent = new OperatorClient(served.Url, served.OperatorKey);
        foreach (var (method, path, body, status, says) in calls)
        {
            var answer = await agent.SendAsync(new HttpMethod(method), path, body);
            var error = JsonNode.Parse(answer.Body)!["error"]!;

            Assert.True(answer.Status == status, answer.Body);
            Assert.Contains(says, error["what"] + " " + error["why"], StringComparison.Ordinal);
            Assert.NotNull(error["todo"]);
            Assert.DoesNotContain("   at ", answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task BodiesHaveALimit()
    {
        await using var served = await ServedFolder.StartAsync(_folder);
        using var agent = new OperatorClient(served.Url, served.OperatorKey);

        var (status, body) = await agent.SendAsync(HttpMethod.Post, "dead/replay", $$"""{"reason":"{{new string('x', 17 * 1024 * 1024)}}"}""");

        Assert.Equal(413, status);
        Assert.Contains("16777216 bytes", body, StringComparison.Ordinal);
        Assert.Equal(415, (await agent.SendAsync(HttpMethod.Post, "dead/replay", "{}", "text/plain")).Status);
    }

    [Fact]
    public async Task TheStatusSaysHowTheAgentStands()
    {
        await using var served = await ServedFolder.StartAsync(_folder);
        using var agent = new OperatorClient(served.Url, served.OperatorKey);

        var status = (await agent.GetAsync("status"))!;

        Assert.Equal(("InProcess", "Quartz", "Sqlite", 0), ((string?)status["driver"], (string?)status["engine"], (string?)status["store"], (int)status["deadLetters"]!));
        Assert.Contains(status["plugins"]!.AsArray(), p => (string?)p!["name"] == "Flatfile.Agent.Handlers" && (string?)p["state"] == "Loaded" && (int)p["handlers"]! > 0);
    }
}
