using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A job.</summary>
public sealed record Job
{
    public required string Id { get; init; }

    public required string Type { get; init; }

    public required string Operation { get; init; }

    public required string Source { get; init; }

    public string? Destination { get; init; }

    public JsonObject? Config { get; init; }

    public string? Trigger { get; init; }

    /// <summary>See <see cref="JobStatus"/>.</summary>
    public required string Status { get; init; }

    public double? Progress { get; init; }

    public string? FileId { get; init; }

    public string? Mode { get; init; }

    public JsonObject? Input { get; init; }

    public JsonObject? Subject { get; init; }

    /// <summary>In Flatfile's form: <c>heading</c>, <c>message</c>, <c>next</c>, <c>acknowledge</c>, …</summary>
    public JsonObject? Outcome { get; init; }

    public string? Info { get; init; }

    public bool? Managed { get; init; }

    public string? EnvironmentId { get; init; }

    public string? SpaceId { get; init; }

    public string? ParentId { get; init; }

    /// <summary>Which part of its parent it is, counted from 0.</summary>
    public int? Part { get; init; }

    public JsonObject? PartData { get; init; }

    /// <summary><c>sequential</c> or <c>parallel</c>.</summary>
    public string? PartExecution { get; init; }

    public IReadOnlyList<string>? PredecessorIds { get; init; }

    public JsonObject? Metadata { get; init; }

    public string? CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public DateTimeOffset? OutcomeAcknowledgedAt { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
