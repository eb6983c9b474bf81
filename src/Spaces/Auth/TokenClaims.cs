using System.Text.Json.Serialization;

namespace Flatfile.Spaces.Auth;

/// <summary>What a signed token says.</summary>
internal sealed record TokenClaims(
    [property: JsonPropertyName("s")] string Subject, [property: JsonPropertyName("e")] long Expires, [property: JsonPropertyName("n")] string Nonce);
