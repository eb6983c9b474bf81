using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of making a snapshot.</summary>
public sealed record SnapshotConfig
{
    public required string SheetId { get; init; }

    public string? Label { get; init; }

    public string? ThreadId { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
