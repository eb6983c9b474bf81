using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A space a guest belongs to.</summary>
public sealed record GuestSpace
{
    public required string Id { get; init; }

    public DateTimeOffset? LastAccessed { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
