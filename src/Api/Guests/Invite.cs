using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of inviting a guest.</summary>
public sealed record Invite
{
    public required string GuestId { get; init; }

    public required string SpaceId { get; init; }

    public string? FromName { get; init; }

    public string? Message { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
