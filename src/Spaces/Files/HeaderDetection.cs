using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Files;

/// <summary>Finds the header among the first rows of a table.</summary>
internal static class HeaderDetection
{
    private const int DefaultRows = 10;

    /// <summary><c>{options, data}</c> in, <c>{header, headerRow, letters}</c> out; <c>headerRow</c> counts the rows up to and with the header.</summary>
    public static JsonObject Find(JsonObject given)
    {
        if (given["options"] is not JsonObject options || given["data"] is not JsonArray data)
        {
            throw ApiRefusal.Bad(null, "The body needs 'options', an object with 'algorithm', and 'data', a list of rows.");
        }

        var rows = data.Select((row, i) => row is JsonArray cells
            ? cells.Select(cell => cell?.ToString() ?? "").ToArray()
            : throw ApiRefusal.Bad($"data[{i}]", $"data[{i}] must be a list of cells.")).ToList();
        var (header, count) = options.Text("algorithm") switch
        {
            "default" or "aiDetection" => Fullest(rows, Whole(options, "rowsToSearch") ?? DefaultRows),
            "explicitHeaders" => (Texts(options), Whole(options, "skip") ?? 0),
            "specificRows" => Joined(rows, options),
            "dataRowAndSubHeaderDetection" => SubHeaderDetection.Find(rows, Whole(options, "rowsToSearch") ?? DefaultRows),
            var other => throw ApiRefusal.Bad("options.algorithm", $"'{other}' is no algorithm. Known: default, explicitHeaders, specificRows, dataRowAndSubHeaderDetection, aiDetection."),
        };
        return new JsonObject
        {
            ["header"] = new JsonArray([.. header.Select(cell => (JsonNode)cell)]),
            ["headerRow"] = count,
            ["letters"] = new JsonArray([.. header.Select((_, column) => (JsonNode)Letters(column))]),
        };
    }

    /// <summary>The row with most cells that are not empty; the first one of several.</summary>
    private static (string[] Header, int Count) Fullest(List<string[]> rows, int search)
    {
        var best = -1;
        var most = 0;
        for (var i = 0; i < Math.Min(rows.Count, search); i++)
        {
            var filled = rows[i].Count(cell => !string.IsNullOrWhiteSpace(cell));
            if (filled > most)
            {
                (best, most) = (i, filled);
            }
        }

        return best < 0 ? ([], 0) : (rows[best], best + 1);
    }

    private static (string[] Header, int Count) Joined(List<string[]> rows, JsonObject options)
    {
        var numbers = (options["rowNumbers"] as JsonArray ?? []).Select(node => node is JsonValue value && value.TryGetValue<int>(out var number) ? number : -1).ToList();
        if (numbers.Count == 0 || numbers.Any(number => number < 0 || number >= rows.Count))
        {
            throw ApiRefusal.Bad("options.rowNumbers", $"'rowNumbers' must name rows from 0 to {rows.Count - 1}.");
        }

        var header = Enumerable.Range(0, numbers.Max(number => rows[number].Length))
            .Select(column => string.Join(' ', numbers.Select(number => rows[number].ElementAtOrDefault(column) ?? "").Where(cell => cell.Length > 0)))
            .ToArray();
        return (header, Whole(options, "skip") ?? numbers[^1] + 1);
    }

    private static string[] Texts(JsonObject options) => options["headers"] is JsonArray { Count: > 0 } headers
        ? [.. headers.Select(header => header?.ToString() ?? "")]
        : throw ApiRefusal.Bad("options.headers", "'headers' must be a list of column names.");

    private static int? Whole(JsonObject options, string member) => options[member] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<int>(out var number) && number >= 0 => number,
        _ => throw ApiRefusal.Bad($"options.{member}", $"'{member}' must be a whole number, 0 or more."),
    };

    /// <summary>A, B, …, Z, AA, AB, … as spreadsheets name columns.</summary>
    private static string Letters(int column)
    {
        var letters = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        {
            letters = (char)('A' + ((rest - 1) % 26)) + letters;
        }

        return letters;
    }
}
