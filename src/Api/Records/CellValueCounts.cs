using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>One value of a field, with the rows behind it where they were counted.</summary>
public sealed record CellValueCounts
{
    /// <inheritdoc cref="CellValue.Value" />
    public JsonElement? Value { get; init; }

    /// <inheritdoc cref="CellValue.Raw" />
    public string? Raw { get; init; }

    public bool? Valid { get; init; }

    public IReadOnlyList<ValidationMessage>? Messages { get; init; }

    public JsonObject? Metadata { get; init; }

    public RecordCounts? Counts { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
