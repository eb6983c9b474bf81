using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The rows of a sheet as they were once.</summary>
public sealed record Snapshot
{
    public required string Id { get; init; }

    public required string SheetId { get; init; }

    public string? Label { get; init; }

    public string? ThreadId { get; init; }

    /// <summary>What changed since; only where it was asked for.</summary>
    public SnapshotSummary? Summary { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public string? CreatedBy { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
