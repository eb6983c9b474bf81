using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Benchmarks;

/// <summary>
/// Inserting pages of 5,000 rows and changing single cells over HTTP by one client, one request at a time, beside the raw limit of the same rows.
/// Both take turns, so that whatever else the machine does meets both; the host is warm, and both bind what was made before the clock started.
/// </summary>
internal static class WriteBenchmark
{
    private const int WarmPages = 60;
    private const int Turns = 10;
    private const int PagesPerTurn = 6;
    private const int Updates = 1_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var scratch = new Scratch();
        var rows = new BenchRows();
        using var raw = new RawRows(scratch.Path);
        await using var host = await ServedHost.StartAsync(Path.Combine(scratch.Path, "data"));
        var path = $"/v1/sheets/{await SheetAsync(host.Http)}/records";
        using var client = new BareClient(host.Http.BaseAddress!, host.Http.DefaultRequestHeaders.Authorization!.Parameter!);
        for (var page = 0; page < WarmPages; page++)
        {
            await SendAsync(page, page % 2 == 0 ? "return=minimal" : null);
            raw.Page(rows, page);
        }

        var (limit, minimal, whole) = (new Stopwatch(), new Stopwatch(), new Stopwatch());
        for (var turn = 0; turn < Turns; turn++)
        {
            for (var page = 0; page < PagesPerTurn; page++)
            {
                limit.Start();
                raw.Page(rows, page);
                limit.Stop();
            }

            await PagesAsync(minimal, "return=minimal");
            await PagesAsync(whole, null);
        }

        var before = host.ResidentBytes;
        var (single, rawSingle) = (await UpdatesAsync(client, host.Http, path), RawUpdates(raw));
        return
        [
            new Figure("insert, pages of 5,000 rows x 20 fields, one client, rows answered", Text(whole), "raw " + Text(limit), $"{limit.Elapsed / whole.Elapsed:P0} of raw (goal 50 %)"),
            new Figure("the same with Prefer: return=minimal", Text(minimal), "raw " + Text(limit), $"{limit.Elapsed / minimal.Elapsed:P0} of raw"),
            new Figure("single-cell update (median)", $"{single:N2} ms", $"raw {rawSingle:N2} ms", $"{single / rawSingle:N1} times"),
            new Figure("memory of the server after the inserts", $"{before / 1e6:N0} MB"),
        ];

        Task SendAsync(int page, string? prefer) => client.SendAsync("POST", path, rows.Bodies[page % rows.Bodies.Count], prefer);

        async Task PagesAsync(Stopwatch watch, string? prefer)
        {
            for (var page = 0; page < PagesPerTurn; page++)
            {
                watch.Start();
                await SendAsync(page, prefer);
                watch.Stop();
            }
        }
    }

    private static string Text(Stopwatch watch) => $"{Turns * PagesPerTurn * BenchRows.PageSize / watch.Elapsed.TotalSeconds:N0} rows/s";

    private static async Task<string> SheetAsync(HttpClient http)
    {
        var space = await PostAsync(http, "spaces", """{"name":"bench"}""");
        var fields = string.Join(',', Enumerable.Range(0, BenchRows.Fields).Select(i => $$"""{"key":"f{{i}}","type":"{{(BenchRows.IsNumber(i) ? "number" : "string")}}"}"""));
        var workbook = await PostAsync(
            http, "workbooks", $$"""{"name":"bench","spaceId":"{{space.GetProperty("id")}}","sheets":[{"name":"bench","slug":"bench","fields":[{{fields}}]}]}""");
        return workbook.GetProperty("sheets")[0].GetProperty("id").GetString()!;
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, string body)
    {
        using var answer = await http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        using var document = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return document.RootElement.GetProperty("data").Clone();
    }

    private static async Task<double> UpdatesAsync(BareClient client, HttpClient http, string path)
    {
        using var page = JsonDocument.Parse(await http.GetStringAsync(path + "?pageSize=100"));
        var ids = page.RootElement.GetProperty("data").GetProperty("records").EnumerateArray().Select(row => row.GetProperty("id").GetString()).ToList();
        var times = new List<double>();
        for (var i = 0; i < Updates; i++)
        {
            var body = Encoding.UTF8.GetBytes($$$$"""[{"id":"{{{{ids[i % ids.Count]}}}}","values":{"f0":{"value":"changed {{{{i.ToString(CultureInfo.InvariantCulture)}}}}"}}}]""");
            var watch = Stopwatch.StartNew();
            await client.SendAsync("PUT", path, body);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return Median(times);
    }

    private static double RawUpdates(RawRows raw)
    {
        var times = new List<double>();
        for (var i = 0; i < Updates; i++)
        {
            var watch = Stopwatch.StartNew();
            raw.Update((i % 100) + 1, $"changed {i}");
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return Median(times);
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
