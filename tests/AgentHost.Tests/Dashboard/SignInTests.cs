using System.Net;
using AgentHost.Tests.Support;

namespace AgentHost.Tests.Dashboard;

/// <summary>The pages are closed, open to a key, and what a key allows is what it may.</summary>
public sealed class SignInTests : IDisposable
{
    private const string ReaderKey = "rd_0123456789abcdef0123456789abcdef";
    private static readonly string[] Orders = ["/agent/jobs/tk_1/retry", "/agent/jobs/tk_1/cancel", "/agent/jobs/tk_1/requeue", "/agent/dead/1/replay", "/agent/recurring/run?name=x", "/agent/recurring/pause?name=x"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WithoutAKeyThereIsNothingButTheQuestionForOne()
    {
        await using var served = await ServedFolder.StartAsync(_folder);
        using var browser = new Browser(served.Url);

        foreach (var path in (string[])["/agent", "/agent/", "/AGENT", "/agent/dead/1", "/agent/nowhere", "/%61gent", "/agent?running=1"])
        {
            var answer = await browser.GetAsync(path);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{path}: {answer.StatusCode}");
            Assert.Contains("Sign in", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Running", text, StringComparison.Ordinal);
        }

        foreach (var order in Orders)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await browser.PostAsync(order)).StatusCode);
        }

        foreach (var key in (string[])["", "wrong", served.Key, served.OperatorKey + "0", served.OperatorKey[..^1]])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SignInAsync(key)).StatusCode);
        }
    }

    [Fact]
    public async Task TheOperatorsKeyOpensThemUntilTheySignOut()
    {
        await using var served = await ServedFolder.StartAsync(_folder);
        using var browser = new Browser(served.Url);

        var answer = await browser.SignInAsync(served.OperatorKey);

        Assert.Equal((HttpStatusCode.SeeOther, "/agent"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("flatfile-agent=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(served.OperatorKey, cookie, StringComparison.Ordinal);
        var page = await browser.TextAsync("/agent");
        Assert.All((string[])["Running", "Queued", "Failed", "Recurring", "Dead letters", "Events as they come", "Plugins", "Bindings", "Flatfile.Agent.Handlers"], part => Assert.Contains(part, page, StringComparison.Ordinal));
        Assert.DoesNotContain(served.OperatorKey, page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/agent/nowhere")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/agent/dead/7")).StatusCode);
        foreach (var order in Orders)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync(order)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PostAsync("/agent/sign-out")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/agent")).StatusCode);
    }

    [Fact]
    public async Task AReaderLooksAndChangesNothing()
    {
        await using var served = await ServedFolder.StartAsync(_folder, ("Agent__Dashboard__ReaderKey", ReaderKey));
        using var browser = new Browser(served.Url);
        await browser.SignInAsync(ReaderKey);

        var page = await browser.TextAsync("/agent");

        Assert.Contains("reads only", page, StringComparison.Ordinal);
        Assert.DoesNotContain("formaction", page, StringComparison.Ordinal);
        foreach (var order in Orders)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync(order)).StatusCode);
        }

        using var agent = new OperatorClient(served.Url, ReaderKey);
        Assert.Equal(401, (await agent.SendAsync(HttpMethod.Get, "status")).Status);
    }

    [Fact]
    public async Task ASignInEndsWithItsKeyAndOutlivesARestart()
    {
        CookieCollection cookies;
        await using (var served = await ServedFolder.StartAsync(_folder))
        {
            using var first = new Browser(served.Url);
            await first.SignInAsync(served.OperatorKey);
            cookies = first.Cookies.GetCookies(new Uri(served.Url));
        }

        await using (var again = await ServedFolder.StartAsync(_folder))
        {
            Assert.Equal(HttpStatusCode.OK, await StatusWithAsync(again, cookies));
        }

        File.Delete(Path.Combine(_folder["data"], "operator-key"));
        await using var other = await ServedFolder.StartAsync(_folder);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWithAsync(other, cookies));
    }

    [Fact]
    public async Task WrongKeysAreSlowedDownAndARightOneToo()
    {
        await using var served = await ServedFolder.StartAsync(_folder);
        using var browser = new Browser(served.Url);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SignInAsync($"wrong {i}")).StatusCode);
        }

        var answer = await browser.SignInAsync(served.OperatorKey);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task SwitchedOffThereIsNothing()
    {
        await using var served = await ServedFolder.StartAsync(_folder, ("Agent__Dashboard__Enabled", "false"));
        using var browser = new Browser(served.Url);

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/agent")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostRawAsync("/agent/sign-in", ("key", served.OperatorKey))).StatusCode);
        using var agent = new OperatorClient(served.Url, served.OperatorKey);
        Assert.Equal(200, (await agent.SendAsync(HttpMethod.Get, "status")).Status);
    }

    [Fact]
    public async Task FaultsInTheSettingsAreNamedTogether()
    {
        var result = await HostProgram.RunAsync(
            _folder.Path, ["serve", "--port", "0"],
            ("Agent__Dashboard__ReaderKey", "short"), ("Agent__Proxy__Networks__0", "everybody"), ("Agent__Proxy__Networks__1", "0.0.0.0/0"),
            ("Agent__PathBase", "flat/"), ("Agent__Telemetry__Protocol", "carrier pigeon"));

        Assert.Equal(2, result.ExitCode);
        Assert.All((string[])["ReaderKey has 5 characters", "'everybody'", "0.0.0.0/0", "PathBase is 'flat/'", "carrier pigeon"], fault => Assert.Contains(fault, result.Error, StringComparison.Ordinal));
    }

    private static async Task<HttpStatusCode> StatusWithAsync(ServedFolder served, CookieCollection cookies)
    {
        using var browser = new Browser(served.Url);
        foreach (Cookie cookie in cookies)
        {
            browser.Cookies.Add(new Uri(served.Url), new Cookie(cookie.Name, cookie.Value));
        }

        return (await browser.GetAsync("/agent")).StatusCode;
    }
}
