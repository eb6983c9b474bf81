using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A role somebody has.</summary>
public sealed record ActorRole
{
    public required string Id { get; init; }

    public required string RoleId { get; init; }

    public string? ActorId { get; init; }

    public required string ResourceId { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
