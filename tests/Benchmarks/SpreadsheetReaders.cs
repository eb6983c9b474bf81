using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using ExcelDataReader;
using Flatfile.Agent.Handlers.Reading;

namespace Benchmarks;

/// <summary>Reads one spreadsheet in this process and prints time and memory: the other end of <see cref="SpreadsheetBenchmark"/>.</summary>
internal static class SpreadsheetReaders
{
    /// <summary>The argument that asks for it.</summary>
    public const string Command = "read-spreadsheet";

    public static async Task<int> RunAsync(string reader, string file)
    {
        var idle = Process.GetCurrentProcess().WorkingSet64;
        var watch = Stopwatch.StartNew();
        var rows = reader switch
        {
            "ours" => await OursAsync(file),
            "unpack" => Unpack(file),
            "ExcelDataReader" => Library(file),
            _ => throw new ArgumentException($"No reader named '{reader}'."),
        };
        Console.WriteLine(JsonSerializer.Serialize(new SpreadsheetRun(rows, watch.Elapsed.TotalSeconds, idle, Peak()), JsonSerializerOptions.Web));
        return 0;
    }

    private static async Task<long> OursAsync(string file)
    {
        var content = await FileContent.OpenAsync(File.OpenRead(file), Path.GetFileName(file), new FileInfo(file).Length, CancellationToken.None);
        await using var opened = await FileFormats.OpenAsync(content, ReadOptions.Auto, CancellationToken.None);
        var (rows, characters) = (0L, 0L);
        while (await opened.NextTableAsync(CancellationToken.None) is { } table)
        {
            var columns = table.Labels.Count;
            while (await table.ReadAsync(CancellationToken.None))
            {
                rows++;
                for (var column = 0; column < columns; column++)
                {
                    characters += table.Cell(column).Length;
                }
            }
        }

        return characters > 0 ? rows : 0;
    }

    private static long Unpack(string file)
    {
        using var archive = ZipFile.OpenRead(file);
        var buffer = new byte[256 * 1024];
        var bytes = 0L;
        foreach (var entry in archive.Entries)
        {
            using var part = entry.Open();
            while (part.Read(buffer) is > 0 and var read)
            {
                bytes += read;
            }
        }

        return bytes;
    }

    private static long Library(string file)
    {
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        using var reader = ExcelReaderFactory.CreateReader(File.OpenRead(file));
        var (rows, characters) = (0L, 0L);
        while (reader.Read())
        {
            rows++;
            for (var column = 0; column < reader.FieldCount; column++)
            {
                characters += Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)!.Length;
            }
        }

        return characters > 0 ? rows - 1 : 0;
    }

    private static long Peak()
    {
        const string Status = "/proc/self/status";
        if (!File.Exists(Status))
        {
            return Process.GetCurrentProcess().PeakWorkingSet64;
        }

        var line = File.ReadLines(Status).First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
