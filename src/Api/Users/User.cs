using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A person of the account.</summary>
public sealed record User
{
    public required string Id { get; init; }

    public required string Email { get; init; }

    public required string Name { get; init; }

    public string? AccountId { get; init; }

    public string? Idp { get; init; }

    public JsonObject? Metadata { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public int? Dashboard { get; init; }

    /// <summary>In the answer to an invitation.</summary>
    public IReadOnlyList<ActorRole>? ActorRoles { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
