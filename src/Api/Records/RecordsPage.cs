using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>One page of rows.</summary>
public sealed record RecordsPage
{
    public bool Success { get; init; }

    public IReadOnlyList<FlatfileRecordData> Records { get; set => field = value ?? []; } = [];

    public RecordCounts? Counts { get; init; }

    public string? CommitId { get; init; }

    public string? VersionId { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
