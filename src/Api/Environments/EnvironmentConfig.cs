using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of creating or updating an environment.</summary>
public sealed record EnvironmentConfig : IUpdateBody
{
    public string? Name { get; init; }

    public bool? IsProd { get; init; }

    public IReadOnlyList<string>? GuestAuthentication { get; init; }

    public JsonObject? Metadata { get; init; }

    public IReadOnlyList<string>? Namespaces { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
