using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A workbook with its sheets.</summary>
public sealed record Workbook
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public required string SpaceId { get; init; }

    public required string EnvironmentId { get; init; }

    public IReadOnlyList<Sheet> Sheets { get; set => field = value ?? []; } = [];

    public IReadOnlyList<string> Labels { get; set => field = value ?? []; } = [];

    public IReadOnlyList<FlatfileAction>? Actions { get; init; }

    public JsonObject? Settings { get; init; }

    public JsonObject? Metadata { get; init; }

    public IReadOnlyList<string>? Treatments { get; init; }

    public string? Namespace { get; init; }

    public string? Folder { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? ExpiredAt { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
