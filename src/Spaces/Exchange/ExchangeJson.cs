using System.Text.Json.Serialization;

namespace Flatfile.Spaces.Exchange;

/// <summary>The manifest's JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(SpaceManifest))]
internal sealed partial class ExchangeJson : JsonSerializerContext;
