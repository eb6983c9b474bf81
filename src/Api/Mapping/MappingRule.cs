using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>One step of a mapping.</summary>
public sealed record MappingRule
{
    public string? Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Such as <c>assign</c>.</summary>
    public required string Type { get; init; }

    public JsonNode? Config { get; init; }

    /// <summary>When a person said that the rule is right; null while nobody did.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    public string? AcceptedBy { get; init; }

    public double? Confidence { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
