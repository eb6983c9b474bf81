using Flatfile.Agent.Handlers.Export.Xlsx;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Export;

/// <summary>Writes the sheets of one export into a stream: row by row, out of one answer for each sheet.</summary>
internal sealed class ExportRun(FlatfileClient client, JobContext context, ExportOptions options)
{
    private const int ReportEvery = 10_000;

    /// <summary>The extension of the file that comes out.</summary>
    public static string Extension(ExportOptions options, int sheets) =>
        IsZip(options, sheets) ? "zip" : options is { Format: "csv", Delimiter: "tab" } ? "tsv" : options.Format;

    /// <summary>Writes the file.</summary>
    /// <param name="sheets">Which sheets, at least one.</param>
    /// <param name="target">Where to; stays open.</param>
    /// <param name="time">The time its parts bear.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<(IReadOnlyList<ExportedSheet> Sheets, IReadOnlyList<string> Notes)> WriteAsync(
        IReadOnlyList<ExportSheet> sheets, Stream target, DateTimeOffset time, CancellationToken cancellationToken)
    {
        using var writer = Writer(target, sheets.Count, time);
        var (written, share) = (new List<ExportedSheet>(), 90.0 / sheets.Count);
        foreach (var sheet in sheets)
        {
            written.Add(await WriteAsync(sheet, writer, context.Step(sheet.Sheet.Name, share), cancellationToken));
        }

        writer.Finish();
        return (written, writer.Notes);
    }

    private async Task<ExportedSheet> WriteAsync(ExportSheet sheet, ITableWriter writer, JobStep step, CancellationToken cancellationToken)
    {
        var selection = new RecordQuery { Filter = options.Rows, Q = options.Q };
        var counts = await client.Sheets.GetRecordCountsAsync(sheet.Sheet.Id, selection, cancellationToken: cancellationToken);
        var expected = options.Rows switch { "valid" => counts.Valid, "error" => counts.Error, _ => counts.Total };
        var keys = sheet.Fields.Select(f => f.Key).ToList();
        var query = new RecordLinesQuery { Rows = selection with { Fields = keys.Count == sheet.Sheet.Config.Fields.Count ? null : keys }, IncludeMessages = options.Messages, NoContext = true };
        await using var lines = await RowLines.OpenAsync(client, sheet.Sheet.Id, query, keys, options.ListSeparator, cancellationToken);
        writer.Begin(sheet);
        var (rows, messages) = (0L, 0L);
        while (await lines.ReadAsync(cancellationToken))
        {
            writer.Write(lines.Row);
            messages += lines.Row.Messages.Count;
            if (++rows % ReportEvery == 0)
            {
                step.Report(Math.Min(rows, expected), expected, $"{rows:N0} rows");
            }
        }

        writer.End();
        step.Done();
        return new ExportedSheet(sheet.Sheet.Id, sheet.Sheet.Name, rows, messages);
    }

    private static bool IsZip(ExportOptions options, int sheets) => options.Zip ?? (options.Format != "xlsx" && sheets > 1);

    private ITableWriter Writer(Stream target, int sheets, DateTimeOffset time) => options.Format switch
    {
        "xlsx" => new XlsxWriter(target, options, time),
        "csv" => new CsvWriter(new ExportFiles(target, IsZip(options, sheets), time), options),
        _ => new JsonLinesWriter(new ExportFiles(target, IsZip(options, sheets), time), options),
    };
}
