using System.Text.Json;

namespace Flow.Tests.Support;

/// <summary>What a cell says, as text: the raw text where the server keeps one beside a cast, else the value's own digits.</summary>
internal static class CellText
{
    public static string Of(JsonElement cell)
    {
        if (cell.TryGetProperty("raw", out var raw) && raw.ValueKind == JsonValueKind.String)
        {
            return raw.GetString()!;
        }

        var value = cell.GetProperty("value");
        return value.ValueKind switch
        {
            JsonValueKind.Null => string.Empty,
            JsonValueKind.String => value.GetString()!,
            _ => value.GetRawText(),
        };
    }
}
