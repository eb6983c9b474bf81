using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>One field of a sheet.</summary>
public sealed record Property
{
    public required string Key { get; init; }

    /// <summary>See <see cref="PropertyType"/>.</summary>
    public required string Type { get; init; }

    public string? Label { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<Constraint>? Constraints { get; init; }

    public bool? Readonly { get; init; }

    public bool? IsArray { get; init; }

    public bool? Multi { get; init; }

    public PropertyConfig? Config { get; init; }

    public JsonObject? Metadata { get; init; }

    public IReadOnlyList<string>? AlternativeNames { get; init; }

    public IReadOnlyList<FlatfileAction>? Actions { get; init; }

    public IReadOnlyList<string>? Treatments { get; init; }

    public JsonObject? Appearance { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
