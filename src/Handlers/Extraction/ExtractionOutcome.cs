using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Delimited;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Extraction;

/// <summary>What a person and a program are told about an extraction.</summary>
internal static class ExtractionOutcome
{
    public static JobResult Of(FlatfileFile file, DelimitedFile table, ExtractionCheckpoint checkpoint, RowTally tally)
    {
        var header = table.Header;
        var details = new JsonObject();
        tally.AddTo(details);
        details["workbookId"] = checkpoint.WorkbookId;
        details["sheetId"] = checkpoint.SheetId;
        details["encoding"] = table.EncodingName;
        details["delimiter"] = table.Dialect.DelimiterName;
        details["headerRow"] = header.Found ? header.Row : null;
        return new JobResult(string.Join(' ', Sentences(file.Name, header, tally)))
        {
            Heading = "File read",
            Info = $"{tally.Written:N0} rows",
            Details = details,
        };
    }

    private static IEnumerable<string> Sentences(string name, SniffedHeader header, RowTally tally)
    {
        yield return tally.Read == 0
            ? $"{name} has a header and no rows."
            : $"{tally.Read:N0} rows read from {name}, {tally.Written:N0} written, {tally.Refused:N0} refused.";
        if (tally.FirstReason is { } reason)
        {
            yield return $"First refused: {reason}.";
        }

        if (!header.Found)
        {
            yield return $"No header row was found, so the columns are named Column 1 to Column {header.Labels.Count}.";
        }

        var above = (header.Found ? header.Row : header.FirstDataRow) - 1;
        if (above > 0)
        {
            yield return above == 1 ? "Row 1 stands above the table and was left out." : $"Rows 1 to {above} stand above the table and were left out.";
        }
    }
}
