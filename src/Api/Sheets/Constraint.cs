using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A constraint on one field: <c>required</c>, <c>unique</c>, <c>computed</c>, <c>external</c>, <c>stored</c>.</summary>
public sealed record Constraint
{
    public required string Type { get; init; }

    public ConstraintConfig? Config { get; init; }

    public string? Validator { get; init; }

    public int? Version { get; init; }

    public string? Description { get; init; }

    public string? Label { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
