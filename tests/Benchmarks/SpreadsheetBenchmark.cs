using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Benchmarks;

/// <summary>
/// An XLSX file of 200,000 rows and 20 columns read to its last cell, each reader in a process of its own: ours, unpacking alone, ExcelDataReader, and SheetJS
/// where Node and the package are at hand. <c>SHEET_ROWS</c> makes it smaller.
/// </summary>
internal static class SpreadsheetBenchmark
{
    private const int Runs = 3;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var rows = int.Parse(Environment.GetEnvironmentVariable("SHEET_ROWS") ?? "200000", CultureInfo.InvariantCulture);
        using var scratch = new Scratch();
        var file = Path.Combine(scratch.Path, "generated.xlsx");
        await SpreadsheetFile.WriteAsync(file, rows);
        var ours = await BestAsync(() => ChildAsync("ours", file), rows);
        var raw = await BestAsync(() => ChildAsync("unpack", file), null);
        var library = await BestAsync(() => ChildAsync("ExcelDataReader", file), rows);
        var sheetJs = SheetJsFolder() is { } folder ? await SheetJsAsync(folder, file) : null;
        var what = $"XLSX of {rows:N0} rows x {SpreadsheetFile.Columns} columns";
        return
        [
            new Figure($"{what}, read", $"{ours.Seconds:N2} s, {rows / ours.Seconds:N0} rows/s", $"unpacking alone {raw.Seconds:N2} s", $"{ours.Seconds / raw.Seconds:N1} times"),
            new Figure("the same, peak memory over idle", $"{(ours.Peak - ours.Idle) / 1e6:N0} MB", "goal 150 MB"),
            new Figure("the same beside ExcelDataReader", $"{ours.Seconds:N2} s, {ours.Peak / 1e6:N0} MB", $"{library.Seconds:N2} s, {library.Peak / 1e6:N0} MB", $"{library.Seconds / ours.Seconds:N1} times faster"),
            new Figure(
                "the same beside SheetJS", $"{ours.Seconds:N2} s, {ours.Peak / 1e6:N0} MB",
                sheetJs is { } js ? $"{js.Seconds:N2} s, {js.Peak / 1e6:N0} MB" : "not run: no Node, or no package xlsx in artifacts/node (npm install xlsx)",
                sheetJs is { } other ? $"{other.Seconds / ours.Seconds:N1} times faster (goal 5), {(double)ours.Peak / other.Peak:P0} of its memory (goal 10%)" : ""),
        ];
    }

    private static async Task<SpreadsheetRun> BestAsync(Func<Task<SpreadsheetRun>> run, int? rows)
    {
        var all = new List<SpreadsheetRun>();
        for (var i = 0; i < Runs; i++)
        {
            var one = await run();
            if (rows is { } expected && one.Rows != expected)
            {
                throw new InvalidOperationException($"{expected} rows went in, {one.Rows} came out.");
            }

            all.Add(one);
        }

        return all.MinBy(r => r.Seconds)!;
    }

    private static Task<SpreadsheetRun> ChildAsync(string reader, string file) =>
        RunAsync(new ProcessStartInfo("dotnet", [typeof(SpreadsheetBenchmark).Assembly.Location, SpreadsheetReaders.Command, reader, file]));

    private static string? SheetJsFolder() =>
        new[] { Environment.GetEnvironmentVariable("SHEETJS_FOLDER"), Path.Combine(Checkout.Root, "artifacts", "node") }
            .FirstOrDefault(f => f is not null && Directory.Exists(Path.Combine(f, "node_modules", "xlsx")));

    private static async Task<SpreadsheetRun?> SheetJsAsync(string folder, string file)
    {
        try
        {
            var program = Path.Combine(Checkout.Root, "tests", "Benchmarks", "js", "sheetjs.cjs");
            return await RunAsync(new ProcessStartInfo("node", [program, file, folder]));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static async Task<SpreadsheetRun> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<SpreadsheetRun>(output, JsonSerializerOptions.Web)!
            : throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}.");
    }
}
