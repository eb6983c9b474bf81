namespace Benchmarks;

/// <summary>Peak memory of importing a generated file of 1,000,000 rows and 20 columns beside that of 100,000 rows.</summary>
internal static class MemoryBenchmark
{
    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var (small, smallSeconds) = await ImportAsync(100_000);
        var (large, largeSeconds) = await ImportAsync(1_000_000);
        return
        [
            new Figure("peak memory, import of 1,000,000 rows x 20 columns", $"{large / 1e6:N0} MB",
                $"100,000 rows {small / 1e6:N0} MB", $"{(double)large / small:N2} times (goal 1.2)"),
            new Figure("time of the same", $"{largeSeconds:N0} s, {1_000_000 / largeSeconds:N0} rows/s", $"100,000 rows {smallSeconds:N1} s", $"{largeSeconds / smallSeconds:N1} times"),
        ];
    }

    private static async Task<(long PeakBytes, double Seconds)> ImportAsync(int rows)
    {
        using var scratch = new Scratch();
        var file = Path.Combine(scratch.Path, "generated.csv");
        await GeneratedCsv.WriteAsync(file, rows);
        await using var host = HostRun.Start("import", file, "--json", "--data", Path.Combine(scratch.Path, "data"));
        var (result, peak) = await host.FinishAsync();
        using (result)
        {
            var answer = result.RootElement.GetProperty("files")[0];
            if (answer.GetProperty("rowsWritten").GetInt64() != rows)
            {
                throw new InvalidOperationException($"{rows} rows went in, {answer.GetProperty("rowsWritten")} came out.");
            }

            return (peak, answer.GetProperty("seconds").GetDouble());
        }
    }
}
