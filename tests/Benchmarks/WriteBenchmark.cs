using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace Benchmarks;

/// <summary>Inserting pages of 5,000 rows and changing single cells over HTTP by one client, beside the raw limit of the same rows in the same run.</summary>
internal static class WriteBenchmark
{
    private const int WarmPages = 6;
    private const int Pages = 40;
    private const int Updates = 500;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var scratch = new Scratch();
        var rows = new BenchRows();
        using var raw = new RawRows(scratch.Path);
        await using var spaces = await LocalSpaces.StartAsync(Path.Combine(scratch.Path, "data"));
        var limit = Rate(Pages, RawPages);
        var minimal = await RateAsync(spaces, rows, "return=minimal");
        var whole = await RateAsync(spaces, rows, null);
        limit = Math.Max(limit, Rate(Pages, RawPages));
        var (single, rawSingle) = (await UpdatesAsync(spaces), RawUpdates(raw));
        return
        [
            new Figure("insert, pages of 5,000 rows x 20 fields, one client, rows answered", $"{whole:N0} rows/s", $"raw {limit:N0} rows/s", $"{whole / limit:P0} of raw"),
            new Figure("the same with Prefer: return=minimal", $"{minimal:N0} rows/s", $"raw {limit:N0} rows/s", $"{minimal / limit:P0} of raw (goal 50 %)"),
            new Figure("single-cell update (median)", $"{single:N2} ms", $"raw {rawSingle:N2} ms", $"{single / rawSingle:N1} times"),
        ];

        void RawPages(int page) => raw.Page(rows, page);
    }

    private static double Rate(int pages, Action<int> page)
    {
        page(0);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < pages; i++)
        {
            page(i);
        }

        return pages * BenchRows.PageSize / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> RateAsync(LocalSpaces spaces, BenchRows rows, string? prefer)
    {
        for (var page = 0; page < WarmPages; page++)
        {
            await PageAsync(spaces, rows.Bodies[page % rows.Bodies.Count], prefer);
        }

        var watch = Stopwatch.StartNew();
        for (var page = 0; page < Pages; page++)
        {
            await PageAsync(spaces, rows.Bodies[page % rows.Bodies.Count], prefer);
        }

        return Pages * BenchRows.PageSize / watch.Elapsed.TotalSeconds;
    }

    private static async Task PageAsync(LocalSpaces spaces, byte[] body, string? prefer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, spaces.Records) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (prefer is not null)
        {
            request.Headers.Add("Prefer", prefer);
        }

        using var response = await spaces.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var answer = await response.Content.ReadAsStreamAsync();
        await answer.CopyToAsync(Stream.Null);
    }

    private static async Task<double> UpdatesAsync(LocalSpaces spaces)
    {
        using var page = await spaces.Client.GetAsync($"{spaces.Records}?pageSize=100");
        var ids = System.Text.Json.Nodes.JsonNode.Parse(await page.Content.ReadAsStringAsync())!["data"]!["records"]!.AsArray().Select(row => (string)row!["id"]!).ToList();
        var times = new List<double>();
        for (var i = 0; i < Updates; i++)
        {
            var watch = Stopwatch.StartNew();
            await spaces.SendAsync("PUT", spaces.Records, $$$$"""[{"id":"{{{{ids[i % ids.Count]}}}}","values":{"f0":{"value":"changed {{{{i.ToString(CultureInfo.InvariantCulture)}}}}"}}}]""");
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
