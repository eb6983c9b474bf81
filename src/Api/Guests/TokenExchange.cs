using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of exchanging a link for a token: its token, or an address to send a link to.</summary>
public sealed record TokenExchange
{
    public string? Token { get; init; }

    public string? Email { get; init; }

    public string? SpaceId { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
