using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>How many rows of one kind of change.</summary>
public sealed record SnapshotChanges
{
    public long Total { get; init; }

    /// <summary>Cells concerned, by field key.</summary>
    public Dictionary<string, long>? ByField { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
