using Benchmarks;
using Spectre.Console;

// Usage: Benchmarks [NAME]…; all of them without an argument. An unknown name is answered with those that are known.
if (args is [HookChild.Command, .. var given])
{
    return await HookChild.RunAsync(given);
}

if (args is [SpreadsheetReaders.Command, var reader, var file])
{
    return await SpreadsheetReaders.RunAsync(reader, file);
}

var known = new Dictionary<string, Func<Task<IReadOnlyList<Figure>>>>(StringComparer.Ordinal)
{
    ["start"] = StartBenchmark.RunAsync,
    ["import"] = ImportBenchmark.RunAsync,
    ["dispatch"] = DispatchBenchmark.RunAsync,
    ["read"] = ReadBenchmark.RunAsync,
    ["memory"] = MemoryBenchmark.RunAsync,
    ["structured"] = StructuredBenchmark.RunAsync,
    ["sheets"] = SpreadsheetBenchmark.RunAsync,
    ["write"] = WriteBenchmark.RunAsync,
    ["export"] = ExportBenchmark.RunAsync,
    ["pipeline"] = PipelineBenchmark.RunAsync,
    ["bus"] = BusBenchmark.RunAsync,
    ["store"] = StoreBenchmark.RunAsync,
    ["extraction"] = ExtractionBenchmark.RunAsync,
    ["large"] = LargeBenchmark.RunAsync,
    ["engines"] = EngineBenchmark.RunAsync,
    ["hooks"] = HookBenchmark.RunAsync,
};
if (args is [StructuredBenchmark.Child, var path])
{
    return await StructuredBenchmark.ReadAsync(path);
}

var wanted = args.Length == 0 ? [.. known.Keys] : args;
if (wanted.FirstOrDefault(name => !known.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"No benchmark named '{unknown}'. Known: {string.Join(", ", known.Keys)}.");
    return 2;
}

var table = new Table().AddColumns("measured", "figure", "beside", "ratio").Border(TableBorder.Markdown);
Console.WriteLine($"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:N0} GB, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, .NET {Environment.Version}\n");
foreach (var name in wanted)
{
    Console.Error.WriteLine($"measuring {name} …");
    foreach (var figure in await known[name]())
    {
        table.AddRow(Markup.Escape(figure.What), Markup.Escape(figure.Value), Markup.Escape(figure.Beside), Markup.Escape(figure.Ratio));
    }
}

AnsiConsole.Profile.Width = 220;
AnsiConsole.Write(table);
return 0;
