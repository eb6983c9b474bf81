using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Ledger;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Extraction;

/// <summary>What a person and a program are told about an extraction.</summary>
internal static class ExtractionOutcome
{
    /// <summary>Rows read, written and refused, in all and table by table.</summary>
    public static JsonObject Numbers(FileLedger ledger)
    {
        var details = new JsonObject();
        ledger.Total.AddTo(details);
        details["tables"] = new JsonArray([.. ledger.Tables.Select(Table)]);
        return details;
    }

    /// <summary>The outcome of a file that was read to its end.</summary>
    public static JobResult Of(FlatfileFile file, ITableFile opened, ExtractionCheckpoint checkpoint, FileLedger ledger, JsonObject details, ReadOptions? remembered)
    {
        details["workbookId"] = checkpoint.WorkbookId;
        details["sheetId"] = checkpoint.Sheets[0].SheetId;
        details["format"] = opened.Format;
        details["decisions"] = Decisions(opened.Decisions);
        var sentences = Sentences(file.Name, opened, ledger);
        if (remembered is not null)
        {
            details["remembered"] = JsonSerializer.SerializeToNode(remembered, ReadingJson.Default.ReadOptions);
            sentences = sentences.Append($"It was read as was said of an earlier file with a name like it ({ReadingMemory.SourceOf(file.Name)}).");
        }

        var result = new JobResult(string.Join(' ', sentences))
        {
            Heading = "File read",
            Info = $"{ledger.Total.Written:N0} rows",
            Details = details,
        };
        return details["refusedFileId"] is { } refused ? result.ThenFile((string)refused!, "Refused rows") : result;
    }

    private static JsonObject Table(LedgerTable table)
    {
        var numbers = new JsonObject { ["name"] = table.Source.Name, ["sheetId"] = table.SheetId };
        table.Tally.AddTo(numbers);
        numbers.Remove("refused");
        numbers["decisions"] = Decisions(table.Source.Decisions);
        return numbers;
    }

    private static JsonArray Decisions(IReadOnlyList<ReadDecision> decisions) => new([.. decisions.Select(d => (JsonNode)new JsonObject
    {
        ["property"] = d.Property,
        ["value"] = d.Value,
        ["confidence"] = Math.Round(d.Confidence, 3),
        ["evidence"] = d.Evidence,
    })]);

    private static IEnumerable<string> Sentences(string name, ITableFile opened, FileLedger ledger)
    {
        var total = ledger.Total;
        yield return total.Read > 0 ? $"{total.Read:N0} rows read from {name}, {total.Written:N0} written, {total.Refused:N0} refused."
            : ledger.Tables.Count == 1 ? $"{name} has a header and no rows."
            : $"{name} has {ledger.Tables.Count} tables and no rows.";
        if (total.FirstReason is { } reason)
        {
            yield return $"First refused: {reason}.";
        }

        if (ledger.Tables.Count > 1 && total.Read > 0)
        {
            yield return $"It holds {ledger.Tables.Count} tables: {string.Join(", ", ledger.Tables.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Source.Name} ({t.Tally.Read:N0})")))}.";
        }

        // What a person may want to overrule comes first to the eye; the rest stands in the details.
        foreach (var decision in opened.Decisions.Concat(ledger.Tables.SelectMany(t => t.Source.Decisions)).Where(d => d.IsNotable).Select(d => d.Evidence).Distinct().Take(10))
        {
            yield return decision;
        }
    }
}
