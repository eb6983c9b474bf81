using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of creating or updating a space: Flatfile's fields and the superset of the Spaces guide. Only members that are set are sent.</summary>
public sealed record SpaceConfig : IUpdateBody
{
    public string? Name { get; init; }

    public string? EnvironmentId { get; init; }

    public string? PrimaryWorkbookId { get; init; }

    /// <summary>Free JSON.</summary>
    public JsonObject? Metadata { get; init; }

    public JsonObject? Settings { get; init; }

    public IReadOnlyList<FlatfileAction>? Actions { get; init; }

    /// <summary>What guests may do: <c>*</c>, <c>upload</c>.</summary>
    public IReadOnlyList<string>? Access { get; init; }

    /// <summary>On creation: true starts the job <c>space:configure</c>.</summary>
    public bool? AutoConfigure { get; init; }

    /// <summary>A plain word; events carry it as <c>space:&lt;namespace&gt;</c>.</summary>
    public string? Namespace { get; init; }

    public IReadOnlyList<string>? Labels { get; init; }

    public string? TranslationsPath { get; init; }

    public string? LanguageOverride { get; init; }

    public DateTimeOffset? ArchivedAt { get; init; }

    public string? AppId { get; init; }

    public bool? IsAppTemplate { get; init; }

    public double? DisplayOrder { get; init; }

    public IReadOnlyList<string>? GuestAuthentication { get; init; }

    /// <summary>Superset: a sentence about the space.</summary>
    public string? Description { get; init; }

    /// <summary>Superset: created with the space and made its primary workbook.</summary>
    public WorkbookConfig? Workbook { get; init; }

    /// <summary>Superset.</summary>
    public IReadOnlyList<SpaceUser>? Users { get; init; }

    /// <summary>Superset.</summary>
    public bool? GuestAccess { get; init; }

    /// <summary>Superset.</summary>
    public IReadOnlyList<string>? AllowedDomains { get; init; }

    /// <summary>Superset.</summary>
    public string? GuestRole { get; init; }

    /// <summary>Superset.</summary>
    public JsonObject? GuestSettings { get; init; }

    /// <summary>Superset.</summary>
    public JsonObject? Theme { get; init; }

    /// <summary>Superset.</summary>
    public JsonObject? Messages { get; init; }

    /// <summary>Superset.</summary>
    public JsonObject? Workflow { get; init; }

    /// <summary>Superset: how much the space may hold.</summary>
    public SpaceLimits? Limits { get; init; }

    /// <summary>Superset, on update: <c>completed</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
