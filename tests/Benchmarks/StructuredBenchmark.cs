using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Flatfile.Agent.Handlers.Reading;

namespace Benchmarks;

/// <summary>
/// Reading JSON, XML, HTML and gzip to the last cell: speed and peak memory, beside a file of a twentieth of the size. Each file is read by a process of its
/// own. <c>STRUCTURED_MB</c> makes the files smaller than 300 MB.
/// </summary>
internal static class StructuredBenchmark
{
    /// <summary>The argument of a process that reads one file.</summary>
    public const string Child = "read-tables";

    private const int Columns = 10;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var megabytes = int.Parse(Environment.GetEnvironmentVariable("STRUCTURED_MB") ?? "300", CultureInfo.InvariantCulture);
        using var scratch = new Scratch();
        var figures = new List<Figure>();
        foreach (var (extension, begin, row, cell, endRow, end) in (List<(string, string, string, string, string, string)>)
        [
            (".json", "[{}", ",\n{\"row\":true", ",\"column {0}\":{1}", "}", "]"),
            (".jsonl", "", "{\"row\":true", ",\"column {0}\":{1}", "}\n", ""),
            (".xml", "<rows>", "<row>", "<column{0}>{1}</column{0}>", "</row>\n", "</rows>"),
            (".html", "<html><table>", "<tr>", "<td>{1}</td>", "</tr>\n", "</table></html>"),
        ])
        {
            var (large, small) = (Path.Combine(scratch.Path, "large" + extension), Path.Combine(scratch.Path, "small" + extension));
            var rows = await WriteAsync(large, megabytes * 1_000_000L, begin, row, cell, endRow, end);
            await WriteAsync(small, megabytes * 1_000_000L / 20, begin, row, cell, endRow, end);
            var beside = await MeasureAsync(small);
            figures.AddRange(Compare($"{extension[1..]} of {megabytes} MB, {rows:N0} rows x {Columns}", await MeasureAsync(large), beside, megabytes));
            if (extension == ".json")
            {
                figures.Add(new Figure("the same by Utf8JsonReader, once, no cells", $"{Raw(large):N1} s"));
                figures.AddRange(Compare("the same packed by gzip", await MeasureAsync(await GzipAsync(large)), beside, megabytes));
            }
        }

        return figures;
    }

    /// <summary>Reads a file to its last cell and prints what that took.</summary>
    public static async Task<int> ReadAsync(string path)
    {
        using var self = Process.GetCurrentProcess();
        var idle = self.WorkingSet64;
        var watch = Stopwatch.StartNew();
        var (rows, length) = (0L, 0L);
        await using (var stream = File.OpenRead(path))
        {
            await using var file = await FileFormats.OpenAsync(await FileContent.OpenAsync(stream, Path.GetFileName(path), stream.Length, CancellationToken.None), ReadOptions.Auto, CancellationToken.None);
            while (await file.NextTableAsync(CancellationToken.None) is { } table)
            {
                while (await table.ReadAsync(CancellationToken.None))
                {
                    rows++;
                    for (var column = 0; column < table.Labels.Count; column++)
                    {
                        length += table.Cell(column).Length;
                    }
                }
            }
        }

        self.Refresh();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds} {idle} {self.PeakWorkingSet64} {rows} {length}"));
        return 0;
    }

    private static IEnumerable<Figure> Compare(string what, Reading large, Reading small, int megabytes)
    {
        yield return new Figure(what, $"{large.Seconds:N1} s, {megabytes / large.Seconds:N0} MB/s");
        yield return new Figure($"peak memory over idle of {what}", $"{large.OverIdle / 1e6:N0} MB (goal 150)", $"a twentieth {small.OverIdle / 1e6:N0} MB", $"{(double)large.OverIdle / small.OverIdle:N2} times");
    }

    private static async Task<Reading> MeasureAsync(string path)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(StructuredBenchmark).Assembly.Location);
        start.ArgumentList.Add(Child);
        start.ArgumentList.Add(path);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var numbers = output.Split(' ');
        return new Reading(double.Parse(numbers[0], CultureInfo.InvariantCulture), long.Parse(numbers[2], CultureInfo.InvariantCulture) - long.Parse(numbers[1], CultureInfo.InvariantCulture));
    }

    private static async Task<long> WriteAsync(string path, long bytes, string begin, string row, string cell, string endRow, string end)
    {
        var random = new Random(20);
        await using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1024 * 1024);
        await writer.WriteAsync(begin);
        var formats = Enumerable.Range(0, Columns).Select(i => cell.Replace("{0}", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Split("{1}")).ToList();
        var (rows, written) = (0L, 0L);
        for (; written < bytes; rows++)
        {
            await writer.WriteAsync(row);
            written += row.Length + endRow.Length;
            foreach (var format in formats)
            {
                var value = random.Next(1_000_000_000).ToString(CultureInfo.InvariantCulture);
                await writer.WriteAsync(format[0]);
                await writer.WriteAsync(value);
                await writer.WriteAsync(format[1]);
                written += format[0].Length + value.Length + format[1].Length;
            }

            await writer.WriteAsync(endRow);
        }

        await writer.WriteAsync(end);
        return rows;
    }

    private static async Task<string> GzipAsync(string path)
    {
        await using var source = File.OpenRead(path);
        await using var packed = new GZipStream(File.Create(path + ".gz"), CompressionLevel.Fastest);
        await source.CopyToAsync(packed);
        return path + ".gz";
    }

    private static double Raw(string path)
    {
        var watch = Stopwatch.StartNew();
        using var stream = File.OpenRead(path);
        var buffer = new byte[1024 * 1024];
        var state = new JsonReaderState();
        var length = 0;
        while (true)
        {
            var read = stream.Read(buffer, length, buffer.Length - length);
            var reader = new Utf8JsonReader(buffer.AsSpan(0, length + read), read == 0, state);
            while (reader.Read())
            {
            }

            state = reader.CurrentState;
            buffer.AsSpan((int)reader.BytesConsumed, length + read - (int)reader.BytesConsumed).CopyTo(buffer);
            length = length + read - (int)reader.BytesConsumed;
            if (read == 0)
            {
                return watch.Elapsed.TotalSeconds;
            }
        }
    }

    private sealed record Reading(double Seconds, long OverIdle);
}
