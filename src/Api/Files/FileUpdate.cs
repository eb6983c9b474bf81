using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of updating a file.</summary>
public sealed record FileUpdate : IUpdateBody
{
    public string? Name { get; init; }

    public string? WorkbookId { get; init; }

    public string? Mode { get; init; }

    public string? Status { get; init; }

    public IReadOnlyList<FlatfileAction>? Actions { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
