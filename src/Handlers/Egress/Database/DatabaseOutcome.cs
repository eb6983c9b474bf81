using System.Text.Json.Nodes;

namespace Flatfile.Agent.Handlers.Egress.Database;

/// <summary>What a person and a program are told about rows written to a database.</summary>
internal static class DatabaseOutcome
{
    public static JobResult Of(IReadOnlyList<TablePlan> plans, IReadOnlyList<LedgerEntry> done)
    {
        var (written, refused) = (done.Sum(d => d.Written), done.Sum(d => d.Refused));
        var tables = string.Join(", ", plans.Zip(done, (p, d) => $"{p.Sheet.Name} in {p.Table} ({d.Written:N0})"));
        var left = done.Sum(d => d.Place.Rows) - written - refused;
        var result = new JobResult(string.Join(' ', new[]
        {
            $"{written:N0} rows are written: {tables}.",
            refused > 0 ? $"{refused:N0} rows were refused: the reasons stand on their cells. Correct them and submit again." : null,
            left > 0 ? $"{left:N0} rows were left out by the filter." : null,
        }.OfType<string>()))
        {
            Heading = refused > 0 ? "Some rows were refused" : "Submitted",
            Info = $"{written:N0} rows written",
            Acknowledge = true,
            Details = Details(plans, done),
        };
        return refused > 0 ? result.ThenGoTo(plans[done.ToList().FindIndex(d => d.Refused > 0)].Sheet.Id, query: "filter=error", label: "See the refused rows") : result;
    }

    /// <summary>What would be done.</summary>
    public static JobResult OfPlan(IReadOnlyList<TablePlan> plans) => new(string.Join(' ', plans.Select(p =>
        $"The rows of '{p.Sheet.Name}' would be {(p.Key.Count > 0 ? $"inserted into {p.Table}, or change those with the same {string.Join(", ", p.Key)}" : $"inserted into {p.Table}")}: "
        + $"{string.Join(", ", p.Fields.Select(f => $"{f.Field.Key} to {f.Column.Name} ({f.Column.Written})"))}.")) + " Nothing was written.")
    {
        Heading = "Plan",
        Acknowledge = true,
        Details = new JsonObject { ["statements"] = new JsonArray([.. plans.Select(p => (JsonNode)new JsonObject { ["sheetId"] = p.Sheet.Id, ["table"] = p.Table, ["statement"] = p.Insert })]) },
    };

    public static JsonObject Details(IReadOnlyList<TablePlan> plans, IReadOnlyList<LedgerEntry> done) => new()
    {
        ["rowsRead"] = done.Sum(d => d.Place.Rows),
        ["rowsWritten"] = done.Sum(d => d.Written),
        ["rowsRefused"] = done.Sum(d => d.Refused),
        ["sheets"] = new JsonArray([.. plans.Zip(done, (p, d) => (JsonNode)new JsonObject
        {
            ["sheetId"] = p.Sheet.Id, ["table"] = p.Table, ["rowsRead"] = d.Place.Rows, ["rowsWritten"] = d.Written, ["rowsRefused"] = d.Refused,
        })]),
    };
}
