using System.CommandLine;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Host.Reading;

namespace Flatfile.Agent.Host.Commands;

/// <summary>Shows how a file is read, without taking it in anywhere.</summary>
internal static class ReadCommand
{
    private const string Description = """
        Show how a file is read: its format, what was found out about it and why, its tables, its first rows, and what would be refused.

        Nothing is sent or stored. The options overrule what is found out; a job's input takes the same ones as 'reading'.
        Exit code: 0 every row can be taken, 1 some cannot or the file is damaged, 2 nothing could be read.
        """;

    public static void AddTo(RootCommand root)
    {
        var file = new Argument<string>("file") { Description = "The file." };
        var csv = new Option<bool>("--csv") { Description = "Print the rows as CSV (UTF-8, comma, CRLF) and nothing else; with several tables, those of the first that --table leaves." };
        var json = new Option<bool>("--json") { Description = "Print what was found as one JSON object and nothing else." };
        var format = Text("--format", "What it is, whatever its name says: csv, xlsx, json ...");
        var encoding = Text("--encoding", "Of text: UTF-8, Windows-1252 ...");
        var delimiter = Text("--delimiter", "Between cells; tab is \\t.");
        var quote = Text("--quote", "Around cells; empty for none.");
        var escape = Text("--escape", "Before a quote that is part of a cell; empty for none.");
        var headerRow = new Option<int?>("--header-row") { Description = "The row that names the columns; 0 when there is none." };
        var headerRows = new Option<int?>("--header-rows") { Description = "How many rows the header has." };
        var table = new Option<string[]>("--table") { Description = "Only this table: a sheet, an array, a file of an archive.", HelpName = "name" };
        var hidden = new Option<bool>("--hidden") { Description = "Hidden sheets too." };
        var path = Text("--path", "Where the records stand: data.items, /orders/order.");
        var command = new Command("read", Description) { file, csv, json, format, encoding, delimiter, quote, escape, headerRow, headerRows, table, hidden, path };
        command.SetAction((parsed, stop) => FileReading.RunAsync(
            new ReadRequest(
                parsed.GetValue(file)!,
                new ReadOptions
                {
                    Format = parsed.GetValue(format),
                    Encoding = parsed.GetValue(encoding),
                    Delimiter = parsed.GetValue(delimiter)?.Replace("\\t", "\t", StringComparison.Ordinal),
                    Quote = parsed.GetValue(quote),
                    Escape = parsed.GetValue(escape),
                    HeaderRow = parsed.GetValue(headerRow),
                    HeaderRows = parsed.GetValue(headerRows),
                    Tables = parsed.GetValue(table) is { Length: > 0 } tables ? tables : null,
                    HiddenSheets = parsed.GetValue(hidden) ? true : null,
                    RecordPath = parsed.GetValue(path),
                },
                parsed.GetValue(csv) ? ReadForm.Csv : parsed.GetValue(json) ? ReadForm.Json : ReadForm.Screen),
            stop));
        root.Subcommands.Add(command);
    }

    private static Option<string?> Text(string name, string description) => new(name) { Description = description };
}
