using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>An action a person can start; it becomes a job <c>&lt;domain&gt;:&lt;operation&gt;</c>.</summary>
public sealed record FlatfileAction
{
    public required string Label { get; init; }

    public string? Operation { get; init; }

    public string? Slug { get; init; }

    /// <summary><c>foreground</c>, <c>background</c>, <c>toolbarBlocking</c>.</summary>
    public string? Mode { get; init; }

    public string? Description { get; init; }

    public string? Tooltip { get; init; }

    public string? Type { get; init; }

    public bool? Primary { get; init; }

    public bool? Confirm { get; init; }

    public string? Icon { get; init; }

    public bool? RequireAllValid { get; init; }

    public bool? RequireSelection { get; init; }

    public JsonObject? InputForm { get; init; }

    public JsonArray? Constraints { get; init; }

    public JsonObject? Mount { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
