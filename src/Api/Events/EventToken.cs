using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>What a subscriber of one channel needs.</summary>
public sealed record EventToken
{
    public string? AccountId { get; init; }

    public string? SubscribeKey { get; init; }

    /// <summary>Minutes the token is good for.</summary>
    public int? Ttl { get; init; }

    public string? Token { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
