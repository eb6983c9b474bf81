using System.Globalization;
using System.Text.Json;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>Reads a sheet page by page as JSON: an object per cell would cost more than all the rest of a copy.</summary>
internal static class SheetPages
{
    public const int Size = 5000;

    public static JsonElement Empty { get; } = JsonDocument.Parse("[]").RootElement.Clone();

    /// <param name="client">The server.</param>
    /// <param name="sheetId">The sheet.</param>
    /// <param name="fields">Only these; null for all.</param>
    /// <param name="number">1 for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>An array of records, empty behind the last.</returns>
    public static async Task<JsonElement> ReadAsync(FlatfileClient client, string sheetId, IEnumerable<string>? fields, int number, CancellationToken cancellationToken)
    {
        var query = (fields ?? []).Select(field => KeyValuePair.Create("fields", field))
            .Append(KeyValuePair.Create("includeMessages", "true"))
            .Append(KeyValuePair.Create("pageSize", Size.ToString(CultureInfo.InvariantCulture)))
            .Append(KeyValuePair.Create("pageNumber", number.ToString(CultureInfo.InvariantCulture)));
        var data = await client.GetRelativeAsync($"v1/sheets/{Uri.EscapeDataString(sheetId)}/records", query, cancellationToken);
        return data.GetProperty("records");
    }

    /// <summary>The value of a cell; false when it is empty.</summary>
    public static bool TryGet(JsonElement values, string field, out JsonElement value)
    {
        value = default;
        return values.TryGetProperty(field, out var cell) && cell.TryGetProperty("value", out value) && value.ValueKind != JsonValueKind.Null
            && (value.ValueKind != JsonValueKind.String || value.GetString()!.Length > 0);
    }

    public static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
