using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Benchmarks;

/// <summary>
/// Record hooks over rows of 20 fields in the real Spaces: ours beside the official plugin, each in a process of its own, the same hook, the same rows.
/// The official plugin gets a commit as one event, as its own measurements have it; ours gets the events that Spaces raises, one for each 10,000 rows.
/// With <c>BENCH_HOOKS_ALL=1</c> the official plugin gets 100,000 rows too, which takes minutes; without it 10,000 and 50,000.
/// </summary>
internal static class HookBenchmark
{
    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var scratch = new Scratch();
        await using var host = await ServedHost.StartAsync(Path.Combine(scratch.Path, "data"), "flatfile/*");
        var all = Environment.GetEnvironmentVariable("BENCH_HOOKS_ALL") == "1";
        var figures = new List<Figure>();
        foreach (var rows in new[] { 10_000, 50_000, 100_000 })
        {
            var ours = await OursAsync(host, scratch, rows);
            var official = rows < 100_000 || all ? await OfficialAsync(host, scratch, rows) : null;
            figures.Add(new Figure(
                $"record hook, {rows:N0} rows x 20 fields, time", $"{ours.Seconds:N2} s", official is { } o ? $"official {o.Seconds:N1} s" : "",
                official is { } t ? $"{t.Seconds / ours.Seconds:N0} times" + (rows == 100_000 ? " (goal 50)" : "") : ""));
            figures.Add(new Figure(
                "peak memory of the same", $"{ours.PeakBytes / 1e6:N0} MB", official is { } p ? $"official {p.PeakBytes / 1e6:N0} MB" : "",
                official is { } m ? $"{(double)ours.PeakBytes / m.PeakBytes:P0}" + (rows == 100_000 ? " (goal 10 %)" : "") : ""));
        }

        return figures;
    }

    private static async Task<Run> OursAsync(ServedHost host, Scratch scratch, int rows)
    {
        var events = await CommitAsync(host.Http, rows);
        var file = Path.Combine(scratch.Path, $"ours-{rows}.jsonl");
        await File.WriteAllLinesAsync(file, events.Select(e => e.ToJsonString()));
        return await RunAsync(new ProcessStartInfo("dotnet", [typeof(HookBenchmark).Assembly.Location, HookChild.Command, Address(host), Key(host), file]), rows);
    }

    private static async Task<Run?> OfficialAsync(ServedHost host, Scratch scratch, int rows)
    {
        var folder = Path.Combine(Checkout.Root, "artifacts", "node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "@flatfile", "plugin-record-hook")))
        {
            return null;
        }

        var one = (await CommitAsync(host.Http, rows))[0];
        var url = (string)one["dataUrl"]!;
        one["dataUrl"] = url.Split("&pageSize=")[0] + $"&pageSize={rows}";
        var file = Path.Combine(scratch.Path, $"official-{rows}.jsonl");
        await File.WriteAllTextAsync(file, one.ToJsonString());
        var start = new ProcessStartInfo("node", ["--max-old-space-size=8000", Path.Combine(Checkout.Root, "tests", "Benchmarks", "js", "record-hook.mjs"), file]) { WorkingDirectory = folder };
        start.Environment["FLATFILE_API_URL"] = Address(host);
        start.Environment["AGENT_INTERNAL_URL"] = Address(host);
        start.Environment["FLATFILE_API_KEY"] = Key(host);
        start.Environment["FLATFILE_BEARER_TOKEN"] = Key(host);
        return await RunAsync(start, rows);
    }

    private static async Task<Run> RunAsync(ProcessStartInfo start, int rows)
    {
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}: {output}");
        }

        using var answer = JsonDocument.Parse(output.Trim().Split('\n')[^1]);
        var root = answer.RootElement;
        return root.GetProperty("rows").GetInt64() == rows
            ? new Run(root.GetProperty("seconds").GetDouble(), root.GetProperty("peakBytes").GetInt64())
            : throw new InvalidOperationException($"The hook of {start.FileName} saw {root.GetProperty("rows")} rows of {rows}.");
    }

    /// <summary>Writes rows as one commit of a new sheet and reads the events it raised.</summary>
    private static async Task<List<JsonObject>> CommitAsync(HttpClient http, int rows)
    {
        var space = await PostAsync(http, "spaces", """{"name":"bench"}""");
        var spaceId = (string)space["id"]!;
        var fields = string.Join(',', Enumerable.Range(0, BenchRows.Fields).Select(i => $$"""{"key":"f{{i}}","type":"{{(BenchRows.IsNumber(i) ? "number" : "string")}}"}"""));
        var workbook = await PostAsync(
            http, "workbooks",
            $$"""{"name":"bench","spaceId":"{{spaceId}}","settings":{"trackChanges":true},"sheets":[{"name":"bench","slug":"bench","fields":[{{fields}}]}]}""");
        await PostAsync(http, $"sheets/{workbook["sheets"]![0]!["id"]}/records", Body(rows));
        var events = await http.GetStringAsync($"events?spaceId={spaceId}&topic=commit:created&pageSize=100");
        return [.. JsonNode.Parse(events)!["data"]!.AsArray().Select(e => e!.AsObject()).OrderBy(e => ((string)e["dataUrl"]!).Length).ThenBy(e => (string)e["dataUrl"]!, StringComparer.Ordinal)];
    }

    /// <summary>Sixteen texts and four numbers a row; short ones, so that 100,000 rows are one commit.</summary>
    private static string Body(int rows)
    {
        var (random, body) = (new Random(20), new StringBuilder("["));
        for (var row = 0; row < rows; row++)
        {
            body.Append(row == 0 ? "{" : ",{");
            for (var field = 0; field < BenchRows.Fields; field++)
            {
                body.Append(CultureInfo.InvariantCulture, $$"""{{(field == 0 ? "" : ",")}}"f{{field}}":{"value":""");
                var (before, behind) = BenchRows.IsNumber(field) ? ("", "") : ("\"text ", "\"");
                body.Append(CultureInfo.InvariantCulture, $"{before}{random.Next(1_000_000)}{behind}}}");
            }

            body.Append('}');
        }

        return body.Append(']').ToString();
    }

    private static async Task<JsonObject> PostAsync(HttpClient http, string path, string body)
    {
        using var answer = await http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)!["data"]!.AsObject() : throw new InvalidOperationException($"POST {path} answered {(int)answer.StatusCode}: {text}");
    }

    private static string Address(ServedHost host) => new Uri(host.Http.BaseAddress!, "/").ToString().TrimEnd('/');

    private static string Key(ServedHost host) => host.Http.DefaultRequestHeaders.Authorization!.Parameter!;

    private sealed record Run(double Seconds, long PeakBytes);
}
