using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of updating a job.</summary>
public sealed record JobUpdate : IUpdateBody
{
    public JsonObject? Config { get; init; }

    public string? Status { get; init; }

    public double? Progress { get; init; }

    public string? Info { get; init; }

    public JsonObject? Metadata { get; init; }

    public DateTimeOffset? OutcomeAcknowledgedAt { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
