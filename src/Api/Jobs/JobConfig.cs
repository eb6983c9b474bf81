using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of creating a job.</summary>
public sealed record JobConfig
{
    /// <summary>The domain: <c>file</c>, <c>workbook</c>, <c>sheet</c>, <c>space</c>, <c>document</c>, …</summary>
    public required string Type { get; init; }

    public required string Operation { get; init; }

    /// <summary>Id of the resource the job works on.</summary>
    public required string Source { get; init; }

    public string? Destination { get; init; }

    public JsonObject? Config { get; init; }

    /// <summary><c>manual</c> (default) or <c>immediate</c>.</summary>
    public string? Trigger { get; init; }

    public string? Status { get; init; }

    public double? Progress { get; init; }

    public string? FileId { get; init; }

    public string? Mode { get; init; }

    public JsonObject? Input { get; init; }

    public JsonObject? Subject { get; init; }

    public string? Info { get; init; }

    public bool? Managed { get; init; }

    public string? EnvironmentId { get; init; }

    public string? ParentId { get; init; }

    public IReadOnlyList<string>? PredecessorIds { get; init; }

    public JsonObject? Metadata { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
