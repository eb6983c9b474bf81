using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The account a token belongs to.</summary>
public sealed record Account
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
