using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A sheet and its schema.</summary>
public sealed record Sheet
{
    public required string Id { get; init; }

    public required string WorkbookId { get; init; }

    public required string Name { get; init; }

    /// <summary>The same as <c>config.slug</c>.</summary>
    public required string Slug { get; init; }

    public required SheetConfig Config { get; init; }

    public JsonObject? Metadata { get; init; }

    public string? Namespace { get; init; }

    public string? LockedBy { get; init; }

    public DateTimeOffset? LockedAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public RecordCounts? RecordCounts { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
