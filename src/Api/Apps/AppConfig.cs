using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of creating an app.</summary>
public sealed record AppConfig
{
    public required string Name { get; init; }

    public required string Namespace { get; init; }

    /// <summary><c>PORTAL</c>, <c>PROJECTS</c>, <c>MAPPING</c>, <c>WORKBOOKS</c>, <c>CUSTOM</c>.</summary>
    public required string Type { get; init; }

    public string? Entity { get; init; }

    public string? EntityPlural { get; init; }

    public string? Icon { get; init; }

    public JsonNode? Metadata { get; init; }

    public JsonNode? EnvironmentFilters { get; init; }

    public JsonNode? Blueprint { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
