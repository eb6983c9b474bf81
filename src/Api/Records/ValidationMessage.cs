using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A message on a cell.</summary>
public sealed record ValidationMessage
{
    /// <summary><c>error</c>, <c>warn</c>, <c>info</c>.</summary>
    public string? Type { get; init; }

    /// <summary>See <see cref="ValidationSource"/>.</summary>
    public string? Source { get; init; }

    public string? Message { get; init; }

    public string? Field { get; init; }

    public string? Path { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
