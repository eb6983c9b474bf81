using System.Text.Json.Nodes;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Dedupe;

/// <summary>What a person and a program are told about duplicates.</summary>
internal static class DedupeOutcome
{
    public static JobResult None(Sheet sheet, DedupeOptions options, long rows, long blank) =>
        new($"None of the {rows:N0} rows of {sheet.Name} is a duplicate.{Spared(options, blank)}")
        {
            Heading = "No duplicates",
            Info = "No duplicates",
            Details = Numbers(options, rows, 0, 0, blank),
        };

    public static JobResult Preview(Sheet sheet, DedupeOptions options, long rows, long duplicates, long blank, IEnumerable<DuplicatePair> some)
    {
        var details = Numbers(options, rows, duplicates, 0, blank);
        details["duplicatesShown"] = new JsonArray([.. some.Select(pair => (JsonNode)new JsonObject
        {
            ["row"] = pair.GoesNumber,
            ["recordId"] = pair.Goes,
            ["keptRow"] = pair.StaysNumber,
            ["keptRecordId"] = pair.Stays,
        })]);
        return new JobResult($"{duplicates:N0} of the {rows:N0} rows of {sheet.Name} are duplicates and would go. Nothing was changed.{Spared(options, blank)}")
        {
            Heading = "Duplicates found",
            Info = $"{duplicates:N0} duplicates, nothing changed",
            Acknowledge = true,
            Details = details,
        };
    }

    public static JobResult Removed(Sheet sheet, DedupeOptions options, DedupeCheckpoint before, long deleted, DuplicateRemoval removal)
    {
        var details = Numbers(options, before.RowsRead, before.Duplicates, deleted, before.Blank);
        details["snapshotId"] = before.SnapshotId;
        details["changedMeanwhile"] = removal.Changed;
        details["cellsFilled"] = removal.Filled;
        details["cellsDiffering"] = removal.Differing;
        var changed = removal.Changed == 0 ? "" : $" {removal.Changed:N0} rows were changed meanwhile and are no duplicates any more; they stay.";
        return new JobResult(
            $"{deleted:N0} duplicates of {sheet.Name} are gone, of {before.RowsRead:N0} rows.{Spared(options, before.Blank)}{changed} The job sheet:dedupe-undo brings them back.")
        {
            Heading = "Duplicates removed",
            Info = $"{deleted:N0} duplicates removed",
            Acknowledge = true,
            Details = details,
        };
    }

    private static string Spared(DedupeOptions options, long blank) =>
        blank == 0 ? "" : $" {blank:N0} rows have nothing in {string.Join(" or ", options.On)}; they are compared with none and stay.";

    private static JsonObject Numbers(DedupeOptions options, long rows, long duplicates, long deleted, long blank) => new()
    {
        ["on"] = new JsonArray([.. options.On.Select(field => (JsonNode)JsonValue.Create(field))]),
        ["keep"] = options.Keep,
        ["preview"] = options.Preview,
        ["rowsRead"] = rows,
        ["duplicates"] = duplicates,
        ["rowsDeleted"] = deleted,
        ["rowsWithoutKey"] = blank,
    };
}
