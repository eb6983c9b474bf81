using System.Diagnostics;
using Flatfile.Api;

namespace Benchmarks;

/// <summary>
/// A CSV file of 1,000,000 rows and 20 columns from the end of its upload to its last row stored durably, over HTTP: ours, the official
/// JavaScript extractor against the same server, and the raw limit. Both sides are weighed from outside.
/// </summary>
internal static class ExtractionBenchmark
{
    private const int Rows = 1_000_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var scratch = new Scratch();
        var file = Path.Combine(scratch.Path, "generated.csv");
        await GeneratedCsv.WriteAsync(file, Rows);
        var watch = Stopwatch.StartNew();
        if (RawCsv.Load(file, Path.Combine(scratch.Path, "raw.db"), GeneratedCsv.Columns) != Rows)
        {
            throw new InvalidOperationException("The raw load lost rows.");
        }

        var raw = watch.Elapsed.TotalSeconds;
        var ours = await OursAsync(file, Rows, Path.Combine(scratch.Path, "ours"));
        var figures = new List<Figure>
        {
            new("CSV of 1,000,000 rows x 20 columns extracted over HTTP, stored durably", $"{ours.Seconds:N1} s, {Rows / ours.Seconds:N0} rows/s",
                $"bytes to one prepared SQLite statement {raw:N1} s, {Rows / raw:N0} rows/s", $"{raw / ours.Seconds:P0} of raw (goal 50 %)"),
            new("memory of host and server beyond idle, at the most", $"{ours.PeakBytes / 1e6:N0} MB", "goal 150 MB"),
        };
        if (await OfficialExtractor.RunAsync(file, Path.Combine(scratch.Path, "official")) is { } official)
        {
            figures.Add(new Figure("the same file by the official JavaScript extractor, same server", $"{official.Seconds:N0} s, {official.PeakBytes / 1e6:N0} MB",
                $"ours {ours.Seconds:N1} s", $"ours {official.Seconds / ours.Seconds:N1} times as fast (goal 5), {(double)ours.PeakBytes / official.PeakBytes:P0} of its memory"));
        }

        return figures;
    }

    /// <summary>The seconds from the end of the upload to the end of the extraction, and the memory of host and server beyond idle at the most.</summary>
    public static async Task<(double Seconds, long PeakBytes)> OursAsync(string file, int rows, string data)
    {
        await using var host = await ServedHost.StartAsync(data, "flatfile/start-automap");
        using var client = host.Client();
        var idle = host.ResidentBytes;
        var space = await client.Spaces.CreateAsync(new SpaceConfig { Name = "Benchmark" });
        await using var content = File.OpenRead(file);
        var uploaded = await client.Files.UploadAsync(space.Id, space.EnvironmentId, "generated.csv", content);
        var watch = Stopwatch.StartNew();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await tick.WaitForNextTickAsync())
        {
            await foreach (var job in client.Jobs.ListAsync(new JobQuery { FileId = uploaded.Id }))
            {
                if (job.Status == JobStatus.Complete && (long?)job.Outcome?["rowsWritten"] == rows)
                {
                    return (watch.Elapsed.TotalSeconds, host.PeakBytes - idle);
                }

                if (job.Status is JobStatus.Failed or JobStatus.Canceled)
                {
                    throw new InvalidOperationException($"The extraction ended as {job.Status}: {job.Outcome?.ToJsonString()}");
                }
            }
        }

        throw new InvalidOperationException("The extraction did not end.");
    }
}
