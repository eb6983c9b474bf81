using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of writing a secret; keyed by name, environment, space and actor.</summary>
public sealed record WriteSecret
{
    public required string Name { get; init; }

    public required string Value { get; init; }

    public string? EnvironmentId { get; init; }

    public string? SpaceId { get; init; }

    public string? ActorId { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
