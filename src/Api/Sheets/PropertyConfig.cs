using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>What a field type needs: the union of the configurations of all types.</summary>
public sealed record PropertyConfig
{
    /// <summary><c>enum</c>, <c>enum-list</c>.</summary>
    public IReadOnlyList<EnumOption>? Options { get; init; }

    /// <summary><c>enum</c>, <c>enum-list</c>.</summary>
    public bool? AllowCustom { get; init; }

    public string? SortBy { get; init; }

    /// <summary><c>reference</c>, <c>reference-list</c>: slug of a sheet in the same workbook.</summary>
    public string? Ref { get; init; }

    /// <summary><c>reference</c>, <c>reference-list</c>: key of the field looked up.</summary>
    public string? Key { get; init; }

    public ReferenceFilter? Filter { get; init; }

    /// <summary><c>has-one</c>, <c>has-many</c>.</summary>
    public string? Relationship { get; init; }

    /// <summary><c>boolean</c>.</summary>
    public bool? AllowIndeterminate { get; init; }

    /// <summary><c>number</c>.</summary>
    public int? DecimalPlaces { get; init; }

    /// <summary><c>string</c>.</summary>
    public string? Size { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
