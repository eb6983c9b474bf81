using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>One element of a workbook update's sheets.</summary>
public sealed record SheetConfigOrUpdate
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Slug { get; init; }

    public bool? Readonly { get; init; }

    public bool? AllowAdditionalFields { get; init; }

    public IReadOnlyList<Property>? Fields { get; init; }

    public IReadOnlyList<FlatfileAction>? Actions { get; init; }

    public IReadOnlyList<SheetConstraint>? Constraints { get; init; }

    /// <summary>A full replacement.</summary>
    public SheetConfig? Config { get; init; }

    public JsonObject? Metadata { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
