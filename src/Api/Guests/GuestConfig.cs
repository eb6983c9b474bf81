using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of creating or updating a guest. Only members that are set are sent.</summary>
public sealed record GuestConfig : IUpdateBody
{
    public string? EnvironmentId { get; init; }

    public string? Email { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<GuestSpace>? Spaces { get; init; }

    /// <summary>Superset, on creation: a temporary guest until then.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Superset, on creation: a temporary guest for the time the server gives.</summary>
    public bool? Temporary { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
