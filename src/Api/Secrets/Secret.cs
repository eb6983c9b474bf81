using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A stored secret, in clear to bearers of a secret key.</summary>
public sealed record Secret
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Value { get; init; }

    public string? EnvironmentId { get; init; }

    public string? SpaceId { get; init; }

    public string? ActorId { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
