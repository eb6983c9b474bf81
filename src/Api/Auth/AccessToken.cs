using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A bearer token.</summary>
public sealed record AccessToken
{
    [JsonPropertyName("accessToken")]
    public required string Token { get; init; }

    /// <summary>Seconds, as text.</summary>
    public string? ExpiresIn { get; init; }

    public string? Email { get; init; }

    public string? UserId { get; init; }

    public string? AccountId { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
