using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;

namespace Benchmarks;

/// <summary>
/// Pages, errors and values of a sheet of a million rows and twenty fields over HTTP, each beside the same query on the same file with one prepared
/// statement and no HTTP. <c>READ_ROWS</c> makes it smaller.
/// </summary>
internal static class ReadBenchmark
{
    public const int Fields = 20;

    private const int Page = 1_000;
    private const int Insert = 5_000;
    private const int Runs = 31;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var rows = int.Parse(Environment.GetEnvironmentVariable("READ_ROWS") ?? "1000000", CultureInfo.InvariantCulture);
        using var scratch = new Scratch();
        await using var host = await ServedHost.StartAsync(scratch.Path);
        var (sheet, insertSeconds) = await FillAsync(host.Http, rows);
        SqliteLibrary.Use();
        using var raw = new SqliteConnection($"Data Source={Directory.GetFiles(scratch.Path, "space.db", SearchOption.AllDirectories).Single()};Mode=ReadOnly;Pooling=False");
        raw.Open();
        var figures = new List<Figure>
        {
            new($"{rows:N0} rows x {Fields} fields inserted in pages of {Insert:N0}", $"{insertSeconds:N0} s, {rows / insertSeconds:N0} rows/s"),
        };

        foreach (var (name, number) in (List<(string, int)>)[("first", 1), ("middle", rows / Page / 2), ("last", rows / Page)])
        {
            var from = ((number - 1) * Page).ToString(CultureInfo.InvariantCulture);
            figures.Add(await CompareAsync(
                $"the {name} page of {Page:N0} records", host.Http, $"sheets/{sheet}/records?pageSize={Page}&pageNumber={number}", raw, $"SELECT * FROM r_1 WHERE id > {from} ORDER BY id LIMIT {Page}", "goal 25 ms"));
        }

        figures.Add(await CompareAsync(
            "errors only, a page in the middle of all errors", host.Http, $"sheets/{sheet}/records?filter=error&pageSize={Page}&pageNumber={Math.Max(1, rows / 100 / Page / 2)}",
            raw, $"SELECT * FROM r_1 WHERE bad IS NOT NULL AND id > {rows / 2} ORDER BY id LIMIT {Page}"));
        foreach (var (what, q, where) in (List<(string, string, string)>)[("text", "f0 eq 'value 4711'", "c0 = 'value 4711'"), ("number", "f1 eq 4711", "CAST(c1 AS REAL) = 4711 AND c1 IS NOT NULL")])
        {
            var path = $"sheets/{sheet}/records?pageSize={Page}&q={Uri.EscapeDataString(q)}";
            var first = await TimeAsync(host.Http, path);
            await WaitForIndexAsync(raw, what == "text" ? "u_1_0" : "u_1_1n");
            figures.Add(new Figure($"a {what} looked for the first time (walks the rows)", $"{first:N1} ms", $"raw {Time(raw, $"SELECT * FROM r_1 WHERE +{where} ORDER BY id LIMIT {Page}"):N1} ms"));
            figures.Add(await CompareAsync($"the same {what} looked for again (by its index)", host.Http, path, raw, $"SELECT * FROM r_1 WHERE {where} ORDER BY id LIMIT {Page}"));
        }

        figures.Add(new Figure("memory of the server afterwards", $"{host.ResidentBytes / 1e6:N0} MB"));
        return figures;
    }

    /// <summary>Makes a space with a sheet of so many rows.</summary>
    public static async Task<(string Sheet, double Seconds)> FillAsync(HttpClient http, int rows)
    {
        var space = (await PostAsync(http, "spaces", """{"name":"read"}""")).GetProperty("id").GetString();
        var fields = string.Join(',', Enumerable.Range(0, Fields).Select(i => $$"""{"key":"f{{i}}","type":"{{(i % 4 == 1 ? "number" : "string")}}"{{(i == 2 ? ",\"constraints\":[{\"type\":\"required\"}]" : "")}}}"""));
        var workbook = await PostAsync(http, "workbooks", $$"""{"spaceId":"{{space}}","name":"read","sheets":[{"name":"rows","slug":"rows","fields":[{{fields}}]}]}""");
        var sheet = workbook.GetProperty("sheets")[0].GetProperty("id").GetString()!;
        http.DefaultRequestHeaders.Add("Prefer", "return=minimal");
        var watch = Stopwatch.StartNew();
        var body = new StringBuilder();
        for (var from = 0; from < rows; from += Insert)
        {
            body.Clear().Append('[');
            for (var row = from; row < Math.Min(rows, from + Insert); row++)
            {
                body.Append(row == from ? "{" : ",{");
                for (var field = 0; field < Fields; field++)
                {
                    // One row of a hundred lacks what is required.
                    var value = field == 2 && row % 100 == 0 ? "null" : field % 4 == 1 ? $"{(row + field) % 50_000}" : $"\"value {(row * (field + 1)) % 50_000}\"";
                    body.Append(field == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"\"f{field}\":{{\"value\":{value}}}");
                }

                body.Append('}');
            }

            await PostAsync(http, $"sheets/{sheet}/records", body.Append(']').ToString());
        }

        return (sheet, watch.Elapsed.TotalSeconds);
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, string body)
    {
        using var answer = await http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        using var document = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return document.RootElement.GetProperty("data").Clone();
    }

    private static async Task<Figure> CompareAsync(string what, HttpClient http, string path, SqliteConnection raw, string sql, string goal = "")
    {
        var over = new List<double>();
        var beside = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            over.Add(await TimeAsync(http, path));
            beside.Add(Time(raw, sql));
        }

        var (median, least) = (Median(over), Median(beside));
        return new Figure($"{what} (median of {Runs})", $"{median:N1} ms", $"raw SQLite {least:N1} ms{(goal.Length > 0 ? ", " + goal : "")}", $"{median / least:N1} times");
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static async Task<double> TimeAsync(HttpClient http, string path)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await http.GetAsync(path);
        await answer.EnsureSuccessStatusCode().Content.CopyToAsync(Stream.Null);
        return watch.Elapsed.TotalMilliseconds;
    }

    /// <summary>Reads every value of every row found.</summary>
    private static double Time(SqliteConnection raw, string sql)
    {
        var watch = Stopwatch.StartNew();
        using var select = raw.CreateCommand();
        select.CommandText = sql;
        using var reader = select.ExecuteReader();
        var values = new object[reader.FieldCount];
        while (reader.Read())
        {
            reader.GetValues(values);
        }

        return watch.Elapsed.TotalMilliseconds;
    }

    private static async Task WaitForIndexAsync(SqliteConnection raw, string name)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var tries = 0; tries < 6_000; tries++)
        {
            using var look = raw.CreateCommand();
            look.CommandText = "SELECT 1 FROM sqlite_master WHERE name = $name";
            look.Parameters.AddWithValue("$name", name);
            if (look.ExecuteScalar() is not null)
            {
                return;
            }

            await tick.WaitForNextTickAsync();
        }

        throw new TimeoutException($"Waited two minutes for the index {name}.");
    }
}
