using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;

namespace Benchmarks;

/// <summary>
/// Export of a sheet of a million rows and twenty fields as a job of the served host, from its start to the stored file, beside the least a program
/// can do: one prepared statement on the same file, and the same kind of file beside it. <c>EXPORT_ROWS</c> makes it smaller.
/// </summary>
internal static class ExportBenchmark
{
    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var rows = int.Parse(Environment.GetEnvironmentVariable("EXPORT_ROWS") ?? "1000000", CultureInfo.InvariantCulture);
        using var scratch = new Scratch();
        await using var host = await ServedHost.StartAsync(scratch.Path);
        var (sheet, _) = await ReadBenchmark.FillAsync(host.Http, rows);
        var database = Directory.GetFiles(scratch.Path, "space.db", SearchOption.AllDirectories).Single();
        var figures = new List<Figure>();
        foreach (var format in (string[])["csv", "xlsx", "jsonl"])
        {
            var idle = host.ResidentBytes;
            var (seconds, peak) = await ExportAsync(host, sheet, format, rows);
            var raw = Raw(database, Path.Combine(scratch.Path, "raw." + format), format);
            figures.Add(new Figure(
                $"export of {rows:N0} rows x {ReadBenchmark.Fields} fields as {format}", $"{seconds:N1} s, {rows / seconds:N0} rows/s", $"raw limit {raw:N1} s", $"{raw / seconds:P0} of it"));
            figures.Add(new Figure($"peak memory of server and agent together while it is made as {format}", $"{peak / 1e6:N0} MB", $"before {idle / 1e6:N0} MB", $"{(peak - idle) / 1e6:N0} MB over it (goal 150)"));
        }

        return figures;
    }

    private static async Task<(double Seconds, long Peak)> ExportAsync(ServedHost host, string sheet, string format, int rows)
    {
        var body = $$$"""{"type":"sheet","operation":"export","source":"{{{sheet}}}","trigger":"immediate","input":{"format":"{{{format}}}"}}""";
        var watch = Stopwatch.StartNew();
        var job = (await DataAsync(await host.Http.PostAsync("jobs", new StringContent(body, Encoding.UTF8, "application/json")))).GetProperty("id").GetString();
        var peak = 0L;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await tick.WaitForNextTickAsync())
        {
            peak = Math.Max(peak, host.ResidentBytes);
            var now = await DataAsync(await host.Http.GetAsync($"jobs/{job}"));
            var status = now.GetProperty("status").GetString();
            if (status is "complete" or "failed")
            {
                return status == "complete" && now.GetProperty("outcome").GetProperty("rowsWritten").GetInt64() == rows
                    ? (watch.Elapsed.TotalSeconds, peak)
                    : throw new InvalidOperationException($"The export as {format} ended as {now.GetProperty("outcome")}.");
            }
        }

        throw new UnreachableException();
    }

    private static async Task<JsonElement> DataAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            using var document = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
            return document.RootElement.GetProperty("data").Clone();
        }
    }

    /// <summary>Every value of every row as text into a file of the kind, with no look at what the text holds.</summary>
    private static double Raw(string database, string path, string format)
    {
        SqliteLibrary.Use();
        var watch = Stopwatch.StartNew();
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var select = connection.CreateCommand();
        select.CommandText = $"SELECT {string.Join(", ", Enumerable.Range(0, ReadBenchmark.Fields).Select(i => $"c{i}"))} FROM r_1 ORDER BY id";
        using var reader = select.ExecuteReader();
        using var file = File.Create(path);
        using var target = format == "xlsx" ? new DeflateStream(file, CompressionLevel.Fastest) : (Stream)file;
        using var writer = new StreamWriter(target, new UTF8Encoding(false), 128 * 1024);
        var (before, between, behind) = format switch
        {
            "csv" => ("", ",", "\r\n"),
            "xlsx" => ("<row><c t=\"inlineStr\"><is><t>", "</t></is></c><c t=\"inlineStr\"><is><t>", "</t></is></c></row>"),
            _ => ("{\"key\":\"", "\",\"key\":\"", "\"}\n"),
        };
        while (reader.Read())
        {
            writer.Write(before);
            for (var i = 0; i < ReadBenchmark.Fields; i++)
            {
                writer.Write(i == 0 ? "" : between);
                writer.Write(reader.IsDBNull(i) ? "" : reader.GetString(i));
            }

            writer.Write(behind);
        }

        writer.Flush();
        return watch.Elapsed.TotalSeconds;
    }
}
