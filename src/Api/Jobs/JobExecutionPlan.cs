using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>Which field goes where; in an update, the lists to change.</summary>
public sealed record JobExecutionPlan
{
    public IReadOnlyList<MappingEdge>? FieldMapping { get; init; }

    /// <summary>Each <c>{sourceField, preview}</c>.</summary>
    public IReadOnlyList<JsonObject>? UnmappedSourceFields { get; init; }

    /// <summary>Each <c>{destinationField, preview}</c>.</summary>
    public IReadOnlyList<JsonObject>? UnmappedDestinationFields { get; init; }

    public string? ProgramId { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
