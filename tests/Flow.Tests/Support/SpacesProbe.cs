using System.Net.Http.Headers;
using System.Text.Json;

namespace Flow.Tests.Support;

/// <summary>A stranger's view of the server that serves a data folder: plain HTTP, found through the folder's own files.</summary>
internal sealed class SpacesProbe : IDisposable
{
    private readonly HttpClient _http;

    private SpacesProbe(Uri address, string key)
    {
        Address = address;
        Key = key;
        _http = new HttpClient { BaseAddress = new Uri(address, "/v1/"), Timeout = TimeSpan.FromSeconds(60) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Uri Address { get; }

    public string Key { get; }

    /// <summary>Null while this process does not serve the folder; one that was killed may have left its own address there.</summary>
    public static SpacesProbe? TryOpen(string dataFolder, AgentProcess process)
    {
        try
        {
            using var server = JsonDocument.Parse(File.ReadAllText(Path.Combine(dataFolder, "server.json")));
            if (server.RootElement.GetProperty("pid").GetInt32() != process.Id)
            {
                return null;
            }

            var key = File.ReadAllText(Path.Combine(dataFolder, "development-key")).Trim();
            return new SpacesProbe(new Uri(server.RootElement.GetProperty("url").GetString()!), key);
        }
        catch (Exception fault) when (fault is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Waits until the process answers as the folder's server.</summary>
    public static async Task<SpacesProbe> OpenAsync(string dataFolder, AgentProcess process, TimeSpan limit)
    {
        SpacesProbe? probe = null;
        await Eventually.Async(async () =>
        {
            Assert.False(process.HasExited, $"the server ended before it answered\n{process.Errors}{process.Output}");
            probe ??= TryOpen(dataFolder, process);
            return probe is not null && await probe.TryGetAsync("environments") is not null;
        }, limit, () => $"a server answering for the data folder\n{process.Errors}{process.Output}");
        return probe!;
    }

    /// <summary>The <c>data</c> member of an answer.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"GET {path} answered {(int)answer.StatusCode}: {body}");
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("data").Clone();
    }

    /// <summary>Null when the server is not there or refuses.</summary>
    public async Task<JsonElement?> TryGetAsync(string path)
    {
        try
        {
            using var answer = await _http.GetAsync(path);
            if (!answer.IsSuccessStatusCode)
            {
                return null;
            }

            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            return json.RootElement.GetProperty("data").Clone();
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or TaskCanceledException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Every record of a sheet, page by page, in the sheet's order.</summary>
    public async IAsyncEnumerable<JsonElement> RecordsAsync(string sheetId, int pageSize = 5_000)
    {
        for (var page = 1; ; page++)
        {
            var data = await GetAsync($"sheets/{sheetId}/records?pageSize={pageSize}&pageNumber={page}");
            var records = data.GetProperty("records");
            foreach (var record in records.EnumerateArray())
            {
                yield return record;
            }

            if (records.GetArrayLength() < pageSize)
            {
                yield break;
            }
        }
    }

    public void Dispose() => _http.Dispose();
}
