using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of updating a sheet.</summary>
public sealed record SheetUpdate : IUpdateBody
{
    public string? Name { get; init; }

    public string? Slug { get; init; }

    public JsonObject? Metadata { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
