using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A row of a sheet on the wire.</summary>
public sealed record FlatfileRecordData
{
    public required string Id { get; init; }

    public Dictionary<string, CellValue> Values { get; set => field = value ?? []; } = [];

    public bool? Valid { get; init; }

    public IReadOnlyList<ValidationMessage>? Messages { get; init; }

    public JsonObject? Metadata { get; init; }

    public JsonObject? Config { get; init; }

    public string? CommitId { get; init; }

    public string? VersionId { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
