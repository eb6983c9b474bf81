using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>How much a space has.</summary>
public sealed record SpaceSize
{
    public string? Name { get; init; }

    public string? Id { get; init; }

    public double? NumUsers { get; init; }

    /// <summary>Records that are in the space.</summary>
    public double? Pdv { get; init; }

    public double? NumFiles { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
