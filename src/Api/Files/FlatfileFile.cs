using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>An uploaded file.</summary>
public sealed record FlatfileFile
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Ext { get; init; }

    public required string Mimetype { get; init; }

    public required string Encoding { get; init; }

    /// <summary>See <see cref="FileStatus"/>.</summary>
    public required string Status { get; init; }

    /// <summary><c>import</c> or <c>export</c>.</summary>
    public string? Mode { get; init; }

    public long Size { get; init; }

    public long BytesReceived { get; init; }

    public required string SpaceId { get; init; }

    public string? WorkbookId { get; init; }

    public string? SheetId { get; init; }

    public IReadOnlyList<FlatfileAction>? Actions { get; init; }

    public string? Origin { get; init; }

    public string? Description { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? ExpiredAt { get; init; }

    /// <summary>Superset: hash of the content, lower-case hexadecimal.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
