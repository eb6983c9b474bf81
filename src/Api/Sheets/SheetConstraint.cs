using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A constraint over several fields of a sheet: <c>unique</c> or <c>external</c>.</summary>
public sealed record SheetConstraint
{
    public required string Type { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string>? Fields { get; init; }

    public IReadOnlyList<string>? RequiredFields { get; init; }

    /// <summary><c>hash</c> or <c>concat</c>.</summary>
    public string? Strategy { get; init; }

    public string? Validator { get; init; }

    public ConstraintConfig? Config { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
