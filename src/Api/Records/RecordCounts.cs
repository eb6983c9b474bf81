using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>How many rows a selection holds.</summary>
public sealed record RecordCounts
{
    public long Total { get; init; }

    public long Valid { get; init; }

    public long Error { get; init; }

    public Dictionary<string, long>? ErrorsByField { get; init; }

    public Dictionary<string, FieldRecordCounts>? ByField { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
