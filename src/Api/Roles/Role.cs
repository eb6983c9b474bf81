using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A role that can be given.</summary>
public sealed record Role
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? AccountId { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
