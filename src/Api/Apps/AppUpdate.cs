using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>What to change of an app.</summary>
public sealed record AppUpdate : IUpdateBody
{
    public string? Name { get; init; }

    public string? Namespace { get; init; }

    public string? Entity { get; init; }

    public string? EntityPlural { get; init; }

    public string? Icon { get; init; }

    public JsonNode? Metadata { get; init; }

    public JsonNode? EnvironmentFilters { get; init; }

    public JsonNode? Blueprint { get; init; }

    public DateTimeOffset? ActivatedAt { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
