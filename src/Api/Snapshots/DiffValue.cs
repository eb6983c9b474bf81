using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>One cell, now and in a snapshot.</summary>
public sealed record DiffValue
{
    public JsonElement? Value { get; init; }

    public JsonElement? SnapshotValue { get; init; }

    public bool? Valid { get; init; }

    public IReadOnlyList<ValidationMessage>? Messages { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
