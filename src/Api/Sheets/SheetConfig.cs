using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The schema of one sheet (the blueprint).</summary>
public sealed record SheetConfig
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Unique in the workbook; derived from the name when absent.</summary>
    public string? Slug { get; init; }

    public bool? Readonly { get; init; }

    public bool? AllowAdditionalFields { get; init; }

    public double? MappingConfidenceThreshold { get; init; }

    public IReadOnlyList<string>? Access { get; init; }

    public IReadOnlyList<Property> Fields { get; set => field = value ?? []; } = [];

    public IReadOnlyList<FlatfileAction>? Actions { get; init; }

    public JsonObject? Metadata { get; init; }

    public IReadOnlyList<SheetConstraint>? Constraints { get; init; }

    public IReadOnlyList<string>? Treatments { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
