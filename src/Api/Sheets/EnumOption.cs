using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>One option of an enum field.</summary>
public sealed record EnumOption
{
    public string? Label { get; init; }

    /// <summary>Text, number or truth value; the label when absent.</summary>
    public JsonElement? Value { get; init; }

    public string? Description { get; init; }

    public string? Color { get; init; }

    public string? Icon { get; init; }

    public JsonObject? Meta { get; init; }

    public IReadOnlyList<string>? AlternativeNames { get; init; }

    public double? Ordinal { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
