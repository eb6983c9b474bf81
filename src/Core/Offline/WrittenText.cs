using System.Text;
using System.Text.Json;

namespace Flatfile.Agent.Core.Offline;

/// <summary>Says in lines what a call wrote: the cells and messages of rows, else the body itself.</summary>
internal static class WrittenText
{
    private const int Shown = 12;
    private const int ShownCharacters = 200;

    public static IReadOnlyList<string> Of(byte[]? body, string? type)
    {
        if (body is not { Length: > 0 })
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Array && document.RootElement.EnumerateArray().All(IsRow)
                ? Rows(document.RootElement)
                : [Shorten(document.RootElement.GetRawText())];
        }
        catch (JsonException)
        {
            return [type?.StartsWith("text/", StringComparison.Ordinal) == true ? Shorten(Encoding.UTF8.GetString(body)) : $"{body.Length} bytes{(type is null ? "" : $" of {type}")}"];
        }
    }

    private static List<string> Rows(JsonElement rows)
    {
        var lines = new List<string> { $"{rows.GetArrayLength()} row{(rows.GetArrayLength() == 1 ? "" : "s")}" };
        foreach (var row in rows.EnumerateArray())
        {
            var id = row.TryGetProperty("id", out var given) ? given.ToString() : "new row";
            foreach (var cell in Cells(row).EnumerateObject())
            {
                lines.AddRange(Cell($"{id} {cell.Name}", cell.Value));
            }
        }

        return lines.Count <= Shown + 1 ? lines : [.. lines.Take(Shown + 1), $"and {lines.Count - Shown - 1} more"];
    }

    private static IEnumerable<string> Cell(string name, JsonElement cell)
    {
        var messages = cell.TryGetProperty("messages", out var said) && said.ValueKind == JsonValueKind.Array ? said.EnumerateArray().ToList() : [];
        yield return $"{name} = {(cell.TryGetProperty("value", out var value) ? Shorten(value.GetRawText()) : "nothing")}";
        foreach (var message in messages)
        {
            yield return $"{name}: {Text(message, "type")}: {Shorten(Text(message, "message"))}";
        }
    }

    private static bool IsRow(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && Cells(item) is { ValueKind: JsonValueKind.Object } cells && cells.EnumerateObject().All(c => c.Value.ValueKind == JsonValueKind.Object);

    /// <summary>An update has its cells below <c>values</c>; an insert is its cells.</summary>
    private static JsonElement Cells(JsonElement row) => row.TryGetProperty("values", out var values) ? values : row;

    private static string Text(JsonElement message, string name) => message.TryGetProperty(name, out var value) ? value.ToString() : string.Empty;

    private static string Shorten(string text) => text.Length <= ShownCharacters ? text : text[..ShownCharacters] + "…";
}
