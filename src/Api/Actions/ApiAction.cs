using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>An action of its own, mounted on something in a space.</summary>
public sealed record ApiAction
{
    public required string Id { get; init; }

    /// <summary>What it is mounted on.</summary>
    public required string TargetId { get; init; }

    public required string Label { get; init; }

    public string? Operation { get; init; }

    public string? Slug { get; init; }

    /// <summary><c>foreground</c>, <c>background</c>, <c>toolbarBlocking</c>.</summary>
    public string? Mode { get; init; }

    public string? Description { get; init; }

    public string? Tooltip { get; init; }

    /// <summary><c>weekly</c>, <c>daily</c>, <c>hourly</c>.</summary>
    public string? Schedule { get; init; }

    public bool? Primary { get; init; }

    public bool? Confirm { get; init; }

    public string? Icon { get; init; }

    public JsonObject? InputForm { get; init; }

    public JsonArray? Constraints { get; init; }

    public JsonObject? Mount { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
