using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A stored constraint of an app, or one of its versions.</summary>
public sealed record AppConstraint
{
    public required string Id { get; init; }

    public required string AppId { get; init; }

    /// <summary>How fields name it.</summary>
    public required string Validator { get; init; }

    public string? Label { get; init; }

    public string? Description { get; init; }

    /// <summary>JavaScript source; a plugin runs it.</summary>
    public string? Function { get; init; }

    public JsonNode? Options { get; init; }

    /// <summary>Only of a version.</summary>
    public int? Version { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
