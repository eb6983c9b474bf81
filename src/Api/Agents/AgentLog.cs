using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>One run of an agent.</summary>
public sealed record AgentLog
{
    public string? EventId { get; init; }

    public bool Success { get; init; }

    public string? Topic { get; init; }

    public string? SpaceId { get; init; }

    public double? Duration { get; init; }

    public string? Log { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
