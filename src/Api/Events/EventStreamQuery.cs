namespace Flatfile.Api;

/// <summary>Which events a stream brings.</summary>
public sealed record EventStreamQuery
{
    /// <summary>One space; otherwise the whole environment of the key.</summary>
    public string? SpaceId { get; init; }

    public string? EnvironmentId { get; init; }

    /// <summary>Exact topics; all when there are none.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    public string? Domain { get; init; }

    /// <summary>Goes on behind this event; <c>0</c> begins with the oldest there is, null with what comes from now on.</summary>
    public string? LastEventId { get; init; }

    /// <summary>Told when the stream is open and from which place it brings events; told again after each broken connection.</summary>
    public Action<string>? Opened { get; init; }

    internal ApiQuery ToQuery(string? lastEventId) =>
        new ApiQuery()
            .Add("spaceId", SpaceId)
            .Add("environmentId", EnvironmentId)
            .Add("topic", Topics.Count == 0 ? null : string.Join(',', Topics))
            .Add("domain", Domain)
            .Add("lastEventId", lastEventId);
}
