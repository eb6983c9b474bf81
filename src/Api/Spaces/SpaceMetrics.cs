using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>Superset: what happened in a space, in numbers.</summary>
public sealed record SpaceMetrics
{
    public string? SpaceId { get; init; }

    public required string Name { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public string? Status { get; init; }

    public long TotalEvents { get; init; }

    /// <summary>The same by topic.</summary>
    public IReadOnlyDictionary<string, long> EventsByTopic { get; set => field = value ?? new Dictionary<string, long>(); } = new Dictionary<string, long>();

    public int UserCount { get; init; }

    public int FileCount { get; init; }

    /// <summary>Records there are now.</summary>
    public long RecordCount { get; init; }

    /// <summary>Records that were ever created.</summary>
    public long RecordsProcessed { get; init; }

    /// <summary>Milliseconds from creation to completion; null while it is not completed.</summary>
    [JsonPropertyName("timeToComplete")]
    public double? TimeToCompleteMilliseconds { get; init; }

    /// <summary>The same as a span.</summary>
    [JsonIgnore]
    public TimeSpan? TimeToComplete => TimeToCompleteMilliseconds is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
}
