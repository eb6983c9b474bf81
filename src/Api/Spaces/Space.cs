using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A space as the server answers it.</summary>
public sealed record Space
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? EnvironmentId { get; init; }

    public string? PrimaryWorkbookId { get; init; }

    public JsonObject? Metadata { get; init; }

    public JsonObject? Settings { get; init; }

    public IReadOnlyList<FlatfileAction>? Actions { get; init; }

    public IReadOnlyList<string>? Access { get; init; }

    public bool? AutoConfigure { get; init; }

    public string? Namespace { get; init; }

    public IReadOnlyList<string>? Labels { get; init; }

    public double? DisplayOrder { get; init; }

    /// <summary>Never absent on the wire.</summary>
    public IReadOnlyList<string> GuestAuthentication { get; set => field = value ?? []; } = [];

    public int? WorkbooksCount { get; init; }

    public int? FilesCount { get; init; }

    public string? CreatedByUserId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? ArchivedAt { get; init; }

    public DateTimeOffset? ExpiredAt { get; init; }

    public DateTimeOffset? LastActivityAt { get; init; }

    public string? GuestLink { get; init; }

    public string? AccessToken { get; init; }

    public string? Description { get; init; }

    /// <summary>Superset: <c>created</c>, <c>configured</c>, <c>completed</c>, <c>archived</c>, <c>expired</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Superset.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Superset.</summary>
    public IReadOnlyList<SpaceUser>? Users { get; init; }

    /// <summary>Superset.</summary>
    public IReadOnlyList<FlatfileFile>? Files { get; init; }

    /// <summary>Superset.</summary>
    public JsonObject? Theme { get; init; }

    /// <summary>Superset.</summary>
    public JsonObject? Messages { get; init; }

    /// <summary>Superset.</summary>
    public JsonObject? Workflow { get; init; }

    /// <summary>Superset: the space's own limits.</summary>
    public SpaceLimits? Limits { get; init; }

    /// <summary>How much there is.</summary>
    public SpaceSize? Size { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
