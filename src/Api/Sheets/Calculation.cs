using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A statistic of one column.</summary>
public sealed record Calculation
{
    public string Id { get; init; } = "";

    public string? WorkbookId { get; init; }

    public string? SheetId { get; init; }

    public string FieldKey { get; init; } = "";

    /// <summary>See <see cref="CalculationType"/>.</summary>
    public string Type { get; init; } = "";

    /// <summary>Absent where there is nothing to calculate from.</summary>
    public double? Value { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
