using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A row with the values it had in a snapshot beside those it has.</summary>
public sealed record DiffRecord
{
    public required string Id { get; init; }

    public Dictionary<string, DiffValue> Values { get; set => field = value ?? []; } = [];

    public bool? Valid { get; init; }

    public IReadOnlyList<ValidationMessage>? Messages { get; init; }

    public JsonObject? Metadata { get; init; }

    public JsonObject? Config { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
