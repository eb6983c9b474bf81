using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of updating a view.</summary>
public sealed record ViewUpdate : IUpdateBody
{
    public string? Name { get; init; }

    /// <summary>The whole new selection.</summary>
    public JsonObject? Config { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
