using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of changing the account. Only members that are set are sent.</summary>
public sealed record AccountUpdate : IUpdateBody
{
    public string? Name { get; init; }

    public string? DefaultAppId { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
