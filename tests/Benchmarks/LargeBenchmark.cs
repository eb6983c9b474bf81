namespace Benchmarks;

/// <summary>The memory that the extraction of a file of 5 GB and 5,000,000 rows takes, beside that of 100,000 such rows.</summary>
internal static class LargeBenchmark
{
    private const int Small = 100_000;
    private const int Large = 5_000_000;

    /// <summary>Of five columns: makes a row some 1,000 bytes long.</summary>
    private const int Width = 170;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var (_, small, _) = await ExtractAsync(Small);
        var (seconds, large, bytes) = await ExtractAsync(Large);
        return
        [
            new Figure(
                $"memory of host and server beyond idle, extraction of {Large:N0} rows in {bytes / 1e9:N1} GB", $"{large / 1e6:N0} MB", $"{Small:N0} rows {small / 1e6:N0} MB, goal 150 MB", $"{(double)large / small:N2} times"),
            new Figure("time of the same", $"{seconds:N0} s, {Large / seconds:N0} rows/s, {bytes / 1e6 / seconds:N0} MB/s"),
        ];
    }

    private static async Task<(double Seconds, long PeakBytes, long FileBytes)> ExtractAsync(int rows)
    {
        using var scratch = new Scratch();
        var file = Path.Combine(scratch.Path, "generated.csv");
        await GeneratedCsv.WriteAsync(file, rows, Width);
        var (seconds, peak) = await ExtractionBenchmark.OursAsync(file, rows, Path.Combine(scratch.Path, "data"));
        return (seconds, peak, new FileInfo(file).Length);
    }
}
