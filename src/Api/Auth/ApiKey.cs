using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A key of an environment.</summary>
public sealed record ApiKey
{
    public required string Id { get; init; }

    /// <summary><c>SECRET</c> or <c>PUBLISHABLE</c>.</summary>
    public required string Type { get; init; }

    public string? EnvironmentId { get; init; }

    public string? AccountId { get; init; }

    /// <summary>The key itself; of a secret one in the answer to its creation only.</summary>
    public string? RawKey { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
