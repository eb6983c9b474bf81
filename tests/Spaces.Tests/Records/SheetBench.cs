using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Records;

/// <summary>A server with one space and one workbook of sheets, and short forms of what tests ask of it.</summary>
internal sealed class SheetBench : IAsyncDisposable
{
    private int _seen;

    private SheetBench(SpacesServer server) => Server = server;

    public SpacesServer Server { get; }

    public string Space { get; private set; } = "";

    public string Workbook { get; private set; } = "";

    /// <summary>The ids of the sheets, in order.</summary>
    public IReadOnlyList<string> Sheets { get; private set; } = [];

    public string Sheet => Sheets[0];

    public static Task<SheetBench> WithFieldsAsync(string fields, string members = "") =>
        WithAsync($$"""[{"name":"People","slug":"people",{{members}}"fields":[{{fields}}]}]""");

    public static async Task<SheetBench> WithAsync(string sheets, Action<SpacesOptions>? configure = null)
    {
        var bench = new SheetBench(await SpacesServer.StartAsync(configure: configure));
        bench.Space = await bench.Server.SpaceAsync();
        var workbook = await bench.Server.DataAsync("POST", "workbooks", $$"""{"name":"A workbook","spaceId":"{{bench.Space}}","sheets":{{sheets}}}""");
        bench.Workbook = (string)workbook["id"]!;
        bench.Sheets = [.. workbook["sheets"]!.AsArray().Select(sheet => (string)sheet!["id"]!)];
        await bench.NewsAsync();
        return bench;
    }

    /// <summary>Inserts rows and answers their ids; their events count as seen.</summary>
    public async Task<string[]> InsertAsync(string rows, int sheet = 0)
    {
        var data = await Server.DataAsync("POST", $"sheets/{Sheets[sheet]}/records", rows);
        await NewsAsync();
        return [.. data["records"]!.AsArray().Select(row => (string)row!["id"]!)];
    }

    public async Task<JsonArray> RowsAsync(string query = "", int sheet = 0) =>
        (await Server.DataAsync("GET", $"sheets/{Sheets[sheet]}/records{query}"))["records"]!.AsArray();

    /// <summary>The values of one field, in order; <c>-</c> for empty ones.</summary>
    public async Task<string> ValuesAsync(string field, string query = "", int sheet = 0) =>
        string.Join(' ', (await RowsAsync(query, sheet)).Select(row => row!["values"]![field]!["value"]?.ToString() ?? "-"));

    /// <summary>The events raised since this was asked last, oldest first.</summary>
    public async Task<List<JsonNode>> NewsAsync()
    {
        var all = (await Server.DataAsync("GET", $"events?spaceId={Space}&since=2000-01-01T00:00:00Z")).AsArray();
        var news = all.Skip(_seen).Select(one => one!).ToList();
        _seen = all.Count;
        return news;
    }

    /// <summary>The topics raised since events were asked for last.</summary>
    public async Task<string> TopicsAsync() => string.Join(' ', (await NewsAsync()).Select(one => (string)one["topic"]!));

    /// <summary>Total, valid and invalid rows as the server counts them.</summary>
    public async Task<string> CountsAsync(int sheet = 0)
    {
        var counts = (await Server.DataAsync("GET", $"sheets/{Sheets[sheet]}/counts"))["counts"]!;
        return $"{counts["total"]}/{counts["valid"]}/{counts["error"]}";
    }

    /// <summary>Creates an immediate job and waits for its end.</summary>
    public async Task<JsonNode> JobAsync(string type, string operation, string source, string config)
    {
        var job = await Server.DataAsync("POST", "jobs", $$"""{"type":"{{type}}","operation":"{{operation}}","source":"{{source}}","trigger":"immediate","config":{{config}}}""");
        return await EndOfAsync((string)job["id"]!);
    }

    /// <summary>Waits, limited, for a job's end: each ask waits for the server's next answer.</summary>
    public async Task<JsonNode> EndOfAsync(string job)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var state = await Server.DataAsync("GET", $"jobs/{job}");
            if ((string)state["status"]! is "complete" or "failed" or "canceled")
            {
                return state;
            }

            Assert.False(limit.IsCancellationRequested, $"Waited 60 s for the end of job {job}, which is {state["status"]} at {state["progress"]}.");
            await Task.Delay(5);
        }
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
