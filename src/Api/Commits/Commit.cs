using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A change of a sheet's rows.</summary>
public sealed record Commit
{
    public required string Id { get; init; }

    public required string SheetId { get; init; }

    public required string CreatedBy { get; init; }

    public string? CompletedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null while open.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
