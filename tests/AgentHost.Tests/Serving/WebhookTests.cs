using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using AgentHost.Tests.Support;

namespace AgentHost.Tests.Serving;

/// <summary>The whole host with the Webhook driver.</summary>
public sealed class WebhookTests : IDisposable
{
    private const string Key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private const string Event = """{"id":"us_evt_1","topic":"space:updated","domain":"space","context":{"spaceId":"us_sp_1"},"payload":{}}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ASignedEventIsTakenAndAnotherIsNot()
    {
        await using var served = await ServedFolder.StartAsync(_folder, ("Agent__Driver", "Webhook"), ("Agent__Webhook__Secrets__0", "whsec_" + Key));

        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(served.Url, Convert.FromBase64String(Key)));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(served.Url, new byte[32]));
    }

    [Fact]
    public async Task ThereIsNoEndpointWithoutTheDriver()
    {
        await using var served = await ServedFolder.StartAsync(_folder);

        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(served.Url, Convert.FromBase64String(Key)));
    }

    [Fact]
    public async Task OthersReachItOnlyWithCredentials()
    {
        var ended = await HostProgram.RunAsync(
            _folder.Path, ["serve", "--port", FreePort.Next()], ("Agent__Driver", "Webhook"), ("Agent__Listen", "0.0.0.0"));

        Assert.NotEqual(0, ended.ExitCode);
        Assert.Contains("nothing says whose events count", ended.Error, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> PostAsync(string url, byte[] key)
    {
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhook") { Content = new StringContent(Event, Encoding.UTF8, "application/json") };
        var seconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add("webhook-id", "msg_1");
        request.Headers.Add("webhook-timestamp", seconds);
        request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"msg_1.{seconds}.{Event}"))));
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
