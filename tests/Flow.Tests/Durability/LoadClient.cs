using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Flow.Tests.Durability;

/// <summary>Calls to a server that may die in the middle of each of them.</summary>
internal sealed class LoadClient : IDisposable
{
    private readonly HttpClient _http;

    public LoadClient(Uri address, string key)
    {
        _http = new HttpClient { BaseAddress = new Uri(address, "/v1/"), Timeout = TimeSpan.FromSeconds(60) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>The acknowledged answer, or null when the connection broke and nobody knows what happened.</summary>
    public async Task<JsonNode?> TryAsync(Call call)
    {
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(call.Method), call.Path)
            {
                Content = call.Body is { } body ? new StringContent(body, Encoding.UTF8, "application/json") : call.Upload?.Invoke(),
            };
            if (call.Method == "POST")
            {
                request.Headers.Add("Idempotency-Key", call.Key);
            }

            using var answer = await _http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode || (call.MayBeGone && (int)answer.StatusCode == 404), $"{call.Method} {call.Path} answered {(int)answer.StatusCode}: {text}");
            return JsonNode.Parse(text)!;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or System.Net.Sockets.SocketException or System.Text.Json.JsonException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>The <c>data</c> of an answer that must come.</summary>
    public async Task<JsonNode> GetAsync(string path) =>
        (await TryAsync(new Call("GET", path)) ?? throw new Xunit.Sdk.XunitException($"GET {path} was not answered"))["data"]!;

    public async Task<byte[]> BytesAsync(string path) => await _http.GetByteArrayAsync(path);

    public void Dispose() => _http.Dispose();
}
