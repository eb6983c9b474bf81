using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Contracts.Agents;
using Contracts.Support;
using Kill.Agents;

namespace Kill.Platform;

/// <summary>Spaces in a process of its own that nobody kills, asked over plain HTTP.</summary>
internal sealed class SpacesServer : IAsyncDisposable
{
    private readonly AgentUnderTest _process;
    private readonly HttpClient _http;

    private SpacesServer(AgentUnderTest process, Uri address, string key)
    {
        _process = process;
        Address = address;
        Key = key;
        _http = new HttpClient { BaseAddress = new Uri(address, "/v1/"), Timeout = TimeSpan.FromMinutes(2) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Uri Address { get; }

    public string Key { get; }

    public static async Task<SpacesServer> StartAsync(string folder)
    {
        // An agent without handlers: the agents under test do the work.
        var process = new AgentUnderTest("spaces", BuiltPrograms.Host, new Dictionary<string, string> { ["Agent__HandlersOff__0"] = "*" }, folder);
        process.Start();
        SpacesServer? server = null;
        await Signal.UntilAsync(
            async () =>
            {
                if (process.HasExited)
                {
                    throw new InvalidOperationException("Spaces did not start:\n" + process.Errors);
                }

                server ??= TryOpen(process, folder);
                return server is not null && await server.AnswersAsync();
            },
            "Spaces to answer", TimeSpan.FromSeconds(60));
        return server!;
    }

    /// <summary>The <c>data</c> member of an answer.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        return await DataAsync(answer, path);
    }

    public async Task<JsonElement> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(path, content);
        return await DataAsync(answer, path);
    }

    public async Task PatchAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await _http.PatchAsync(path, content);
        await DataAsync(answer, path);
    }

    /// <summary>Asks for a change that may be refused.</summary>
    public async Task<int> TryPostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(path, content);
        return (int)answer.StatusCode;
    }

    public async Task<string> UploadAsync(string spaceId, string environmentId, string name, byte[] bytes)
    {
        using var file = new ByteArrayContent(bytes);
        using var form = new MultipartFormDataContent { { new StringContent(spaceId), "spaceId" }, { new StringContent(environmentId), "environmentId" }, { file, "file", name } };
        using var answer = await _http.PostAsync("files", form);
        return (await DataAsync(answer, "files")).GetProperty("id").GetString()!;
    }

    /// <summary>All entries of a list, page after page.</summary>
    public async Task<List<JsonElement>> AllAsync(string path, int pageSize = 1_000)
    {
        var all = new List<JsonElement>();
        for (var page = 1; ; page++)
        {
            var data = await GetAsync(string.Create(CultureInfo.InvariantCulture, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}pageSize={pageSize}&pageNumber={page}"));
            var list = data.ValueKind == JsonValueKind.Array ? data : data.GetProperty("records");
            all.AddRange(list.EnumerateArray());
            if (list.GetArrayLength() < pageSize)
            {
                return all;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    private static SpacesServer? TryOpen(AgentUnderTest process, string folder)
    {
        try
        {
            using var server = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "server.json")));
            var key = File.ReadAllText(Path.Combine(folder, "development-key")).Trim();
            return new SpacesServer(process, new Uri(server.RootElement.GetProperty("url").GetString()!), key);
        }
        catch (Exception fault) when (fault is IOException or JsonException)
        {
            return null;
        }
    }

    private static async Task<JsonElement> DataAsync(HttpResponseMessage answer, string path)
    {
        var body = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}: {body}");
        }

        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("data").Clone();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await GetAsync("environments");
            return true;
        }
        catch (Exception fault) when (fault is HttpRequestException or InvalidOperationException or TaskCanceledException)
        {
            return false;
        }
    }
}
