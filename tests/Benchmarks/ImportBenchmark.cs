using System.Diagnostics;

namespace Benchmarks;

/// <summary>The import of a real file, beside the raw limit: the same rows read by CsvHelper and written to SQLite by one prepared statement.</summary>
internal static class ImportBenchmark
{
    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var scratch = new Scratch();
        var file = Path.Combine(Checkout.AirportData, "runways.csv");
        await using var host = HostRun.Start("import", file, "--json", "--data", Path.Combine(scratch.Path, "data"));
        var (result, _) = await host.FinishAsync();
        using (result)
        {
            var answer = result.RootElement.GetProperty("files")[0];
            var rows = answer.GetProperty("rowsWritten").GetInt64();
            var seconds = answer.GetProperty("seconds").GetDouble();
            var whole = host.Elapsed.TotalSeconds;
            var watch = Stopwatch.StartNew();
            var raw = RawSqlite.Load(file, Path.Combine(scratch.Path, "raw.db"));
            var rawSeconds = watch.Elapsed.TotalSeconds;
            if (raw != rows)
            {
                throw new InvalidOperationException($"The raw load wrote {raw} rows, the import {rows}.");
            }

            return
            [
                new Figure("import of runways.csv: upload, extract, map, validate, hooks (48,184 rows)", $"{seconds:N1} s, {rows / seconds:N0} rows/s",
                    $"raw CSV to SQLite {rawSeconds:N2} s, {rows / rawSeconds:N0} rows/s", $"{rawSeconds / seconds:P0} of raw"),
                new Figure("the same as one command, process start to exit", $"{whole:N1} s"),
            ];
        }
    }
}
