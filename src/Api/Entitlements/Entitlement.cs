using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>Something an account may use beyond the plain product.</summary>
public sealed record Entitlement
{
    public required string Key { get; init; }

    public JsonNode? Metadata { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
