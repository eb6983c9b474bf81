using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>One cell.</summary>
public sealed record CellValue
{
    /// <summary>Text, number, truth value, list of texts, or null when empty.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>Superset: the text as it came, beside a cast that would not give it back.</summary>
    public string? Raw { get; init; }

    public bool? Valid { get; init; }

    public IReadOnlyList<ValidationMessage>? Messages { get; init; }

    public JsonObject? Metadata { get; init; }

    public string? Layer { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public JsonElement? Links { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
