using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>How long spaces keep their data.</summary>
public sealed record DataRetentionPolicy
{
    public required string Id { get; init; }

    /// <summary><c>lastActivity</c> or <c>sinceCreated</c>: when the clock starts.</summary>
    public required string Type { get; init; }

    /// <summary>Days.</summary>
    public required int Period { get; init; }

    public required string EnvironmentId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
