using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A personal access token as it is shown this once.</summary>
public sealed record CreatedPersonalAccessToken
{
    public string? Token { get; init; }

    public required PersonalAccessToken PersonalAccessToken { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
