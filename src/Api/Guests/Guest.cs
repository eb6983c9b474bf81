using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>Somebody from outside who takes part in spaces.</summary>
public sealed record Guest
{
    public required string Id { get; init; }

    public required string EnvironmentId { get; init; }

    public required string Email { get; init; }

    public required string Name { get; init; }

    public IReadOnlyList<GuestSpace> Spaces { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Superset: of a temporary guest.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
