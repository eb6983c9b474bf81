using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>An environment.</summary>
public sealed record FlatfileEnvironment
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    public required string Name { get; init; }

    public bool IsProd { get; init; }

    public IReadOnlyList<string> GuestAuthentication { get; set => field = value ?? []; } = [];

    public JsonObject? Features { get; init; }

    public JsonObject? Metadata { get; init; }

    public IReadOnlyList<string>? Namespaces { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
