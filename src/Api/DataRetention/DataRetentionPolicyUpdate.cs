using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>What to change of a policy.</summary>
public sealed record DataRetentionPolicyUpdate : IUpdateBody
{
    public string? Type { get; init; }

    public int? Period { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
