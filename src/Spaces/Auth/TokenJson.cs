using System.Text.Json.Serialization;

namespace Flatfile.Spaces.Auth;

/// <summary>Source-generated JSON of <see cref="TokenClaims"/>.</summary>
[JsonSerializable(typeof(TokenClaims))]
internal sealed partial class TokenJson : JsonSerializerContext;
