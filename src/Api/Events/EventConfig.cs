using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of creating an event.</summary>
public sealed record EventConfig
{
    public required string Topic { get; init; }

    public required string Domain { get; init; }

    public required JsonObject Context { get; init; }

    public required JsonObject Payload { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
