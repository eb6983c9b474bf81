using System.Text.Json;
using Flatfile.Agent.Handlers.Automap;

namespace Flatfile.Agent.Handlers.Autocast;

/// <summary>The text that came for a cell, whatever the server or an earlier run made of it.</summary>
internal static class CellText
{
    /// <summary>The member of a row's metadata that keeps texts: <c>{"raw": {"price": {"text": "1,5", "value": "1.5"}}}</c>.</summary>
    public const string Raw = "raw";

    /// <summary>Null when the cell is empty.</summary>
    public static string? Of(JsonElement record, string field)
    {
        if (!record.GetProperty("values").TryGetProperty(field, out var cell) || !SheetPages.TryGet(record.GetProperty("values"), field, out var value))
        {
            return null;
        }

        var shown = SheetPages.TextOf(value);
        if (Kept(record, field) is { } kept && kept.Value == shown)
        {
            return kept.Text;
        }

        // A server keeps the text beside a value that would not give it back.
        return cell.TryGetProperty(Raw, out var raw) && raw.ValueKind == JsonValueKind.String ? raw.GetString() : shown;
    }

    private static (string Text, string Value)? Kept(JsonElement record, string field) =>
        record.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
        && metadata.TryGetProperty(Raw, out var raw) && raw.ValueKind == JsonValueKind.Object
        && raw.TryGetProperty(field, out var kept) && kept.ValueKind == JsonValueKind.Object
        && kept.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
        && kept.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String
            ? (text.GetString()!, value.GetString()!)
            : null;
}
