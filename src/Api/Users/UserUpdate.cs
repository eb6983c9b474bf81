using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of changing a user. Only members that are set are sent.</summary>
public sealed record UserUpdate : IUpdateBody
{
    public string? Name { get; init; }

    public int? Dashboard { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
