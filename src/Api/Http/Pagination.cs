using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>Where a page stands in its list.</summary>
public sealed record Pagination
{
    public int CurrentPage { get; init; }

    public int PageCount { get; init; }

    public int TotalCount { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
