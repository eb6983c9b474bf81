using System.Globalization;
using System.Text.Json.Nodes;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>What a person and a program are told about where a file's rows went.</summary>
internal static class AutomapOutcome
{
    private const int MostSentences = 10;

    public static JobResult Of(FlatfileFile file, string workbookId, IReadOnlyList<MappedTable> tables)
    {
        var claimed = tables.Any(t => t.IsClaimed);
        var message = string.Join(' ', tables.SelectMany(t => Sentences(file, t, tables.Count)).Take(MostSentences));
        var rows = tables.Sum(t => t.Rows);
        return new JobResult(message)
        {
            Heading = claimed ? "File mapped" : "File not mapped",
            Info = claimed
                ? $"{tables.Where(t => t.IsClaimed).Sum(t => t.Rows):N0} rows in {string.Join(", ", tables.Where(t => t.IsClaimed).Select(t => t.Choice.Match!.Sheet.Name).Distinct())}"
                : $"{rows:N0} rows in a sheet of their own",
            Details = Details(workbookId, tables),
        };
    }

    /// <summary>Of the first sheet that was claimed at the top, as for a file with one sheet; of each sheet where there are several.</summary>
    private static JsonObject Details(string workbookId, IReadOnlyList<MappedTable> tables)
    {
        var details = Details(tables.FirstOrDefault(t => t.IsClaimed) ?? tables[0], workbookId);
        if (tables.Count > 1)
        {
            var (rows, written) = (tables.Sum(t => t.Rows), tables.Sum(t => t.Rows));
            (details["rowsRead"], details["rowsWritten"]) = (rows, written);
            details["unmapped"] = Names(tables.Where(t => t.IsClaimed).SelectMany(t => t.Choice.Match!.Unmapped).Select(NameOf).Distinct());
            details["tables"] = new JsonArray([.. tables.Select(t => (JsonNode)Details(t, workbookId))]);
        }

        return details;
    }

    private static JsonObject Details(MappedTable table, string workbookId)
    {
        var match = table.Choice.Match;
        var sheet = match?.Sheet ?? table.Source;
        var details = new JsonObject
        {
            ["claimed"] = table.IsClaimed,

            // Nothing is lost on the way: what was not copied is where the extraction wrote it.
            ["rowsRead"] = table.Rows,
            ["rowsWritten"] = table.Rows,
            ["rowsRefused"] = 0L,
            ["refused"] = new JsonArray(),
            ["workbookId"] = match is null ? workbookId : match.Sheet.WorkbookId,
            ["sheetId"] = sheet.Id,
            ["sheetSlug"] = sheet.Slug,
            ["mapped"] = new JsonArray([.. (match?.Mapped ?? []).Select(m => (JsonNode)Pair(m))]),
            ["unmapped"] = Names((match?.Unmapped ?? table.Source.Config.Fields).Select(NameOf)),
        };
        if (match is null)
        {
            details["reason"] = table.Choice.Reason;
        }

        AddOpen(details, table);
        return details;
    }

    /// <summary>What a person may want to look at; left out where there is nothing.</summary>
    private static void AddOpen(JsonObject details, MappedTable table)
    {
        var closest = table.Choice.Match ?? table.Choice.Closest;
        Add(details, "leftBehind", table.Choice.Match?.Unmapped.Where(c => table.Tally.Left.ContainsKey(c.Key)).Select(c => new JsonObject
        {
            ["column"] = NameOf(c), ["rows"] = table.Tally.Left[c.Key].Rows, ["firstRow"] = table.Tally.Left[c.Key].First,
        }));
        Add(details, "suggested", closest?.Suggestions.Select(Pair));
        Add(details, "questions", closest?.Questions.Select(q => new JsonObject { ["option"] = "mapping", ["text"] = q.Text, ["candidates"] = new JsonArray([.. q.Candidates.Select(c => (JsonNode)Pair(c))]) }));
        Add(details, "enumValues", table.Choice.Match?.Mapped.Where(m => table.Tally.Taken.ContainsKey(m.From.Key)).SelectMany(m => table.Tally.Taken[m.From.Key].Select(v => new JsonObject
        {
            ["column"] = m.FromName, ["value"] = v.Key, ["option"] = v.Value.To, ["reason"] = v.Value.Reason, ["rows"] = v.Value.Rows,
        })));
    }

    private static void Add(JsonObject details, string name, IEnumerable<JsonObject>? items)
    {
        JsonNode[] all = [.. items ?? []];
        if (all.Length > 0)
        {
            details[name] = new JsonArray(all);
        }
    }

    private static JsonObject Pair(MappedColumn pair) =>
        new() { ["from"] = pair.FromName, ["to"] = pair.To.Key, ["confidence"] = Math.Round(pair.Confidence, 2), ["reason"] = pair.Reason };

    private static IEnumerable<string> Sentences(FlatfileFile file, MappedTable table, int tables)
    {
        var name = tables == 1 ? file.Name : $"{table.Source.Name} in {file.Name}";
        if (table.Choice.Match is not { } match)
        {
            yield return $"{name} stays a sheet of its own with {table.Rows:N0} rows: {table.Choice.Reason}.";
        }
        else
        {
            yield return $"{table.Rows:N0} rows of {name} are in {match.Sheet.Name}.";
            if (match.Unmapped.Count > 0)
            {
                yield return $"These columns have no field there and stay in the file's own sheet: {string.Join(", ", match.Unmapped.Select(c => WithRows(c, table.Tally)))}.";
            }

            foreach (var mapped in match.Mapped.Where(m => table.Tally.Taken.GetValueOrDefault(m.From.Key)?.Values.Any(v => v.To is null) == true))
            {
                var unknown = table.Tally.Taken[mapped.From.Key].Where(v => v.Value.To is null).Select(v => $"'{v.Key}'").ToList();
                yield return $"Values of {mapped.FromName} that are no option of {mapped.To.Label ?? mapped.To.Key}: {string.Join(", ", unknown.Take(5))}{(unknown.Count > 5 ? $" and {unknown.Count - 5} more" : "")}.";
            }
        }

        var closest = table.Choice.Match ?? table.Choice.Closest;
        foreach (var question in closest?.Questions ?? [])
        {
            yield return question.Text;
        }

        if (closest?.Suggestions is { Count: > 0 } suggestions)
        {
            var first = suggestions[0];
            yield return $"Perhaps {string.Join(", ", suggestions.Take(5).Select(s => $"{s.FromName} is {s.To.Label ?? s.To.Key}"))}: say so with the option mapping, such as {{\"{first.FromName}\": \"{first.To.Key}\"}}.";
        }
    }

    private static string WithRows(Property column, CopyTally tally) =>
        NameOf(column) + (tally.Left.GetValueOrDefault(column.Key) is { } left ? string.Create(CultureInfo.InvariantCulture, $" ({left.Rows:N0} {(left.Rows == 1 ? "value" : "values")}, the first in row {left.First:N0})") : " (empty)");

    private static string NameOf(Property column) => column.Label ?? column.Key;

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(n => (JsonNode)JsonValue.Create(n))]);
}
