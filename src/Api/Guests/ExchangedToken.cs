using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>What came of an exchange.</summary>
public sealed record ExchangedToken
{
    public bool Valid { get; init; }

    public string? Token { get; init; }

    /// <summary>The address a link was sent to instead.</summary>
    public string? SentTo { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
