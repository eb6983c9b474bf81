using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of creating a view.</summary>
public sealed record ViewConfig
{
    public required string SheetId { get; init; }

    public required string Name { get; init; }

    /// <inheritdoc cref="View.Config" />
    public required JsonObject Config { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
