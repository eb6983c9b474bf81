using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A named selection of a sheet's rows.</summary>
public sealed record View
{
    public required string Id { get; init; }

    public required string SheetId { get; init; }

    public required string Name { get; init; }

    /// <summary>The parameters of a read: <c>filter</c>, <c>q</c>, <c>sortField</c>, …</summary>
    public JsonObject? Config { get; init; }

    public string? CreatedBy { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
