using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>Narrows the rows a reference may point to.</summary>
public sealed record ReferenceFilter
{
    public required string RefField { get; init; }

    public required string RecordField { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
