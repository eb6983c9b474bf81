using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>How many rows a selection holds, for one field.</summary>
public sealed record FieldRecordCounts
{
    public long Total { get; init; }

    public long Valid { get; init; }

    public long Error { get; init; }

    public long Empty { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
