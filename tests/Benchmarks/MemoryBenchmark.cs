using System.Globalization;

namespace Benchmarks;

/// <summary>Peak memory of importing a generated file of 1,000,000 rows and 20 columns beside that of 100,000 rows.</summary>
internal static class MemoryBenchmark
{
    private const int Columns = 20;

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
        await WriteAsync(file, rows);
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

    private static async Task WriteAsync(string path, int rows)
    {
        var random = new Random(20);
        await using var writer = new StreamWriter(path);
        await writer.WriteLineAsync(string.Join(',', Enumerable.Range(1, Columns).Select(i => $"column {i}")));
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                if (column > 0)
                {
                    await writer.WriteAsync(',');
                }

                await writer.WriteAsync(column % 4 == 0 ? row.ToString(CultureInfo.InvariantCulture) : random.Next(1_000_000_000).ToString(CultureInfo.InvariantCulture));
            }

            await writer.WriteAsync('\n');
        }
    }
}
