using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>An event as the server lists it.</summary>
public sealed record Event
{
    public required string Id { get; init; }

    public required string Topic { get; init; }

    public required string Domain { get; init; }

    public required JsonObject Context { get; init; }

    public required JsonObject Payload { get; init; }

    public string? Target { get; init; }

    public JsonObject? Origin { get; init; }

    public IReadOnlyList<string>? Namespaces { get; init; }

    public string? CallbackUrl { get; init; }

    public string? DataUrl { get; init; }

    public JsonObject? Attributes { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public string? AcknowledgedBy { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
