using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace AgentHost.Tests.Support;

/// <summary>The operator's endpoint over plain HTTP.</summary>
internal sealed class OperatorClient : IDisposable
{
    private readonly HttpClient _http;

    public OperatorClient(string url, string? key)
    {
        _http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(60) }) { BaseAddress = new Uri(url + "/agent/v1/") };
        if (key is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }

    public async Task<JsonNode?> GetAsync(string path) => JsonNode.Parse(await _http.GetStringAsync(path));

    public async Task<(int Status, string Body)> SendAsync(HttpMethod method, string path, string? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, type);
            // A large body is sent only when it is wanted, however late the answer: the refusal is then heard before the line breaks.
            request.Headers.ExpectContinue = body.Length > 1_000_000;
        }

        using var answer = await _http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public void Dispose() => _http.Dispose();
}
