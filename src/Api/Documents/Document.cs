using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A page of a space.</summary>
public sealed record Document
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Body { get; init; }

    public string? SpaceId { get; init; }

    public string? EnvironmentId { get; init; }

    public IReadOnlyList<string>? Treatments { get; init; }

    public IReadOnlyList<FlatfileAction>? Actions { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
