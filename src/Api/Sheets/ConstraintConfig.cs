using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>Settings of a constraint.</summary>
public sealed record ConstraintConfig
{
    /// <summary>The text to show instead of the default.</summary>
    public string? Message { get; init; }

    /// <summary><c>error</c> (default), <c>warn</c>, <c>info</c>.</summary>
    public string? Level { get; init; }

    /// <summary><c>unique</c>.</summary>
    public bool? CaseSensitive { get; init; }

    /// <summary><c>unique</c>.</summary>
    public bool? IgnoreEmpty { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
