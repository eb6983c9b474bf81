using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of acknowledging a job, also sent for progress.</summary>
public sealed record JobAck
{
    public string? Info { get; init; }

    public double? Progress { get; init; }

    public DateTimeOffset? EstimatedCompletionAt { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
