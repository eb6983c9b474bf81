using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>One field of a source that goes into one field of a destination.</summary>
public sealed record MappingEdge
{
    public required Property SourceField { get; init; }

    public required Property DestinationField { get; init; }

    public IReadOnlyList<string>? Preview { get; init; }

    /// <summary><c>{mapping: [{sourceValue, destinationValue}], unusedSourceValues, unusedDestinationValues}</c>.</summary>
    public JsonObject? EnumDetails { get; init; }

    /// <summary><c>{certainty, confidence, source}</c>.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
