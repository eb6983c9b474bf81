using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>One row as a JSON line: plain values by field key, everything else under reserved keys.</summary>
public sealed record RecordLine
{
    [JsonPropertyName("__k")]
    public string? Id { get; init; }

    /// <summary>The commit that changed it last.</summary>
    [JsonPropertyName("__v")]
    public string? VersionId { get; init; }

    [JsonPropertyName("__s")]
    public string? SheetId { get; init; }

    [JsonPropertyName("__n")]
    public string? SheetSlug { get; init; }

    /// <summary>Of a line that is written: the record goes.</summary>
    [JsonPropertyName("__d")]
    public bool? Deleted { get; init; }

    [JsonPropertyName("__e")]
    public bool? Valid { get; init; }

    [JsonPropertyName("__u")]
    public DateTimeOffset? UpdatedAt { get; init; }

    [JsonPropertyName("__m")]
    public JsonObject? Metadata { get; init; }

    [JsonPropertyName("__c")]
    public JsonObject? Config { get; init; }

    [JsonPropertyName("__i")]
    public IReadOnlyList<RecordLineMessage>? Messages { get; init; }

    /// <summary>The rows its reference cells name.</summary>
    [JsonPropertyName("__l")]
    public IReadOnlyList<RecordLine>? Links { get; init; }

    /// <summary>The values by field key; empty cells are absent unless they were asked for.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Values { get; set; } = [];
}
