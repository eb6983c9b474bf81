using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using AgentHost.Tests.Support;

namespace AgentHost.Tests.Dashboard;

/// <summary>What a stranger tries: orders by a visitor's own browser, frames, ways to elsewhere, words of a proxy that is none, open lines.</summary>
public sealed class AttackTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AnOrderWithoutThePagesOwnTokenIsRefused()
    {
        await using var served = await ServedFolder.StartAsync(_folder);
        using var victim = new Browser(served.Url);
        using var attacker = new Browser(served.Url);
        await victim.SignInAsync(served.OperatorKey);
        await attacker.SignInAsync(served.OperatorKey);
        var stolen = System.Text.RegularExpressions.Regex.Match(await attacker.TextAsync("/agent"), "value=\"(CfDJ8[^\"]+)\"").Groups[1].Value;

        foreach (var order in (string[])["/agent/dead/1/replay", "/agent/jobs/tk_1/cancel", "/agent/sign-out"])
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await victim.PostRawAsync(order)).StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, (await victim.PostRawAsync(order, ("__RequestVerificationToken", "made up"))).StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, (await victim.PostRawAsync(order, ("__RequestVerificationToken", stolen))).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await victim.GetAsync("/agent")).StatusCode);
        using var stranger = new Browser(served.Url);
        Assert.Equal(HttpStatusCode.BadRequest, (await stranger.PostRawAsync("/agent/sign-in", ("key", served.OperatorKey))).StatusCode);
    }

    [Fact]
    public async Task NoPageMayStandInAFrameRunScriptsOfElsewhereOrBeKept()
    {
        await using var served = await ServedFolder.StartAsync(_folder);
        using var browser = new Browser(served.Url);
        var answers = new List<HttpResponseMessage> { await browser.GetAsync("/agent"), await browser.GetAsync("/agent/look.css"), await browser.PostRawAsync("/agent/sign-in") };
        await browser.SignInAsync(served.OperatorKey);
        answers.AddRange([await browser.GetAsync("/agent"), await browser.GetAsync("/agent/dead/9"), await browser.GetAsync("/agent/nowhere")]);

        foreach (var answer in answers)
        {
            Assert.Equal(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
                Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
            Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        }

        Assert.All(answers.Where(a => a.Content.Headers.ContentType?.MediaType == "text/html"), a => Assert.True(a.Headers.CacheControl!.NoStore));
        var page = await browser.TextAsync("/agent");
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?! src=\"/agent/live\\.js)", page);
    }

    [Fact]
    public async Task ASignInLeadsToPagesOfOursOnly()
    {
        await using var served = await ServedFolder.StartAsync(_folder);
        string[] elsewhere =
        [
            "https://evil.example/agent", "//evil.example/agent", "/\\evil.example", "\\/evil.example", "/agent/..//evil.example", "javascript:alert(1)", "/v1/spaces", "/",
            "/agent\r\nLocation: https://evil.example", "/agentevil", "http:/agent", "/%2F/evil.example", "", " /agent",
        ];
        foreach (var target in elsewhere)
        {
            using var browser = new Browser(served.Url);
            var answer = await browser.SignInAsync(served.OperatorKey, target);
            Assert.True(answer.StatusCode == HttpStatusCode.SeeOther && answer.Headers.Location!.OriginalString == "/agent", $"{target}: {answer.StatusCode} {answer.Headers.Location}");
        }

        using var good = new Browser(served.Url);
        Assert.Equal("/agent/dead/7", (await good.SignInAsync(served.OperatorKey, "/agent/dead/7?x=//evil.example")).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task AProxysWordCountsFromTheProxyAlone()
    {
        (string, string)[] settings =
        [
            ("Agent__Proxy__Networks__0", "127.0.0.1"), ("Agent__Proxy__IdentityHeader", "X-User"), ("Agent__Proxy__Operators__0", "anna"), ("Agent__Listen", "127.0.0.1"),
        ];
        await using var served = await ServedFolder.StartAsync(_folder, settings);
        var port = new Uri(served.Url).Port;
        var (proxy, other) = ($"http://127.0.0.1:{port}", $"http://[::1]:{port}");

        using (var anna = new Browser(proxy, ("X-User", "anna")))
        {
            Assert.Contains("anna", await anna.TextAsync("/agent"), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await anna.PostAsync("/agent/jobs/tk_1/retry")).StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, (await anna.PostRawAsync("/agent/jobs/tk_1/retry")).StatusCode);
        }

        using (var bob = new Browser(proxy, ("X-User", "bob")))
        {
            Assert.Contains("reads only", await bob.TextAsync("/agent"), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Forbidden, (await bob.PostAsync("/agent/jobs/tk_1/retry")).StatusCode);
        }

        (string, string)[][] forged = [[], [("X-User", "")], [("X-User", "anna, bob")], [("X-User", "anna"), ("X-User", "bob")], [("X-User", new string('a', 201))], [("X_User", "anna")]];
        foreach (var headers in forged)
        {
            using var nobody = new Browser(proxy, headers);
            Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/agent")).StatusCode);
        }

        foreach (var headers in ((string, string)[][])[[("X-User", "anna")], [("X-User", "anna"), ("X-Forwarded-For", "127.0.0.1")], [("X-User", "anna"), ("Forwarded", "for=127.0.0.1")]])
        {
            using var forger = new Browser(other, headers);
            Assert.Equal(HttpStatusCode.Unauthorized, (await forger.GetAsync("/agent")).StatusCode);
        }
    }

    [Fact]
    public async Task BehindAProxyThatSpeaksHttpsTheCookieIsForHttpsAndEveryLinkHasThePathBase()
    {
        await using var served = await ServedFolder.StartAsync(_folder, ("Agent__Proxy__Networks__0", "127.0.0.0/8"), ("Agent__Proxy__Networks__1", "::1"), ("Agent__PathBase", "/flat"));
        foreach (var root in (string[])["/flat", ""])
        {
            // A proxy that leaves the path base on, and one that takes it off.
            using var browser = new Browser(served.Url, ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.9"));
            var form = await (await browser.GetAsync(root + "/agent")).Content.ReadAsStringAsync();
            Assert.Contains("action=\"/flat/agent/sign-in\"", form, StringComparison.Ordinal);
            Assert.DoesNotMatch("(href|src|action)=\"/(?!flat/)", form);
        }

        using var secure = new Browser(served.Url, ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.9"));
        var shown = await secure.GetAsync("/flat/agent");
        Assert.All(shown.Headers.GetValues("Set-Cookie"), c => Assert.Contains("secure", c, StringComparison.Ordinal));
        Assert.All(shown.Headers.GetValues("Set-Cookie"), c => Assert.Contains("path=/flat", c, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OverAnOpenLineNoKeyIsTakenAndNoCookieCounts()
    {
        var address = OwnAddress();
        Assert.True(address is not null, "This machine has no address but the loopback's: nobody could come from outside.");
        await using var served = await ServedFolder.StartAsync(_folder, ("Agent__Listen", "0.0.0.0"));
        var outside = new Uri($"http://{address}:{new Uri(served.Url).Port}");
        using var local = new Browser(served.Url);
        await local.SignInAsync(served.OperatorKey);
        using var thief = new Browser(outside.ToString());
        foreach (Cookie cookie in local.Cookies.GetCookies(new Uri(served.Url)))
        {
            thief.Cookies.Add(outside, new Cookie(cookie.Name, cookie.Value));
        }

        Assert.Equal(HttpStatusCode.OK, (await local.GetAsync("/agent")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.GetAsync("/agent")).StatusCode);
        using var forger = new Browser(outside.ToString(), ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "127.0.0.1"));
        var page = await (await forger.GetAsync("/agent")).Content.ReadAsStringAsync();
        Assert.Contains("not taken over plain http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"key\"", page, StringComparison.Ordinal);
        using var metrics = new HttpClient { BaseAddress = outside };
        Assert.Equal(HttpStatusCode.Unauthorized, (await metrics.GetAsync("/metrics")).StatusCode);
    }

    private static IPAddress? OwnAddress() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(n => n.OperationalStatus == OperationalStatus.Up)
        .SelectMany(n => n.GetIPProperties().UnicastAddresses)
        .Select(a => a.Address)
        .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
}
