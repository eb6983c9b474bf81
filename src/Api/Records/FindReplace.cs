using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>What to find in the cells of a field, and what to put in its place.</summary>
public sealed record FindReplace
{
    public required string FieldKey { get; init; }

    /// <summary>A part of a cell; in double quotes the whole of it; absent for empty cells.</summary>
    public JsonElement? Find { get; init; }

    /// <summary>Absent to empty what was found.</summary>
    public JsonElement? Replace { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
