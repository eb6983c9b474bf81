using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of creating a policy.</summary>
public sealed record DataRetentionPolicyConfig
{
    /// <summary><c>lastActivity</c> or <c>sinceCreated</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Days.</summary>
    public required int Period { get; init; }

    public required string EnvironmentId { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
