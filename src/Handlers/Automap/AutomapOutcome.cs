using System.Text.Json.Nodes;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>What a person and a program are told about where a file's rows went.</summary>
internal static class AutomapOutcome
{
    public static JobResult Claimed(FlatfileFile file, SheetMatch match, long rows)
    {
        var unmapped = match.Unmapped.Select(c => c.Label ?? c.Key).ToList();
        var details = Numbers(claimed: true, rows, rows);
        details["workbookId"] = match.Sheet.WorkbookId;
        details["sheetId"] = match.Sheet.Id;
        details["sheetSlug"] = match.Sheet.Slug;
        details["mapped"] = new JsonArray([.. match.Mapped.Select(m => (JsonNode)new JsonObject { ["from"] = m.From.Label ?? m.From.Key, ["to"] = m.To.Key })]);
        details["unmapped"] = Names(unmapped);
        var message = $"{rows:N0} rows of {file.Name} are in {match.Sheet.Name}.";
        return new JobResult(unmapped.Count == 0 ? message : $"{message} These columns have no field there and stay in the file's own sheet: {string.Join(", ", unmapped)}.")
        {
            Heading = "File mapped",
            Info = $"{rows:N0} rows in {match.Sheet.Name}",
            Details = details,
        };
    }

    public static JobResult Unclaimed(FlatfileFile file, string workbookId, Sheet own, long rows, string reason)
    {
        // Nothing was copied and nothing is missing: the rows are where the extraction wrote them.
        var details = Numbers(claimed: false, rows, rows);
        details["workbookId"] = workbookId;
        details["sheetId"] = own.Id;
        details["sheetSlug"] = own.Slug;
        details["mapped"] = new JsonArray();
        details["unmapped"] = Names(own.Config.Fields.Select(f => f.Label ?? f.Key));
        details["reason"] = reason;
        return new JobResult($"{file.Name} stays a sheet of its own with {rows:N0} rows: {reason}.")
        {
            Heading = "File not mapped",
            Info = $"{rows:N0} rows in a sheet of their own",
            Details = details,
        };
    }

    private static JsonObject Numbers(bool claimed, long read, long written) => new()
    {
        ["claimed"] = claimed,
        ["rowsRead"] = read,
        ["rowsWritten"] = written,
        ["rowsRefused"] = read - written,
        ["refused"] = new JsonArray(),
    };

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(n => (JsonNode)JsonValue.Create(n))]);
}
