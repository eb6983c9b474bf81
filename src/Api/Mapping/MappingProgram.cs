using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A saved mapping of one sheet's fields to another's.</summary>
public sealed record MappingProgram
{
    /// <summary>Null when it was not saved.</summary>
    public string? Id { get; init; }

    public string? FamilyId { get; init; }

    public string? Namespace { get; init; }

    public IReadOnlyList<string>? SourceKeys { get; init; }

    public IReadOnlyList<string>? DestinationKeys { get; init; }

    public IReadOnlyList<MappingRule>? Rules { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
