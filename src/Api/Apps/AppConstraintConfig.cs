using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of creating or changing a stored constraint.</summary>
public sealed record AppConstraintConfig : IUpdateBody
{
    /// <summary>Only when it is created.</summary>
    public string? Validator { get; init; }

    public string? Label { get; init; }

    public string? Description { get; init; }

    /// <summary>JavaScript source; a plugin runs it.</summary>
    public string? Function { get; init; }

    public JsonNode? Options { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
