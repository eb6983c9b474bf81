namespace Flatfile.Api;

/// <summary>Which events.</summary>
public sealed record EventQuery
{
    public string? EnvironmentId { get; init; }

    public string? SpaceId { get; init; }

    public string? Domain { get; init; }

    public string? Topic { get; init; }

    public DateTimeOffset? Since { get; init; }

    public bool? IncludeAcknowledged { get; init; }

    /// <summary>How much one answer carries; the stream hides it.</summary>
    public int PageSize { get; init; } = 100;

    internal ApiQuery ToQuery(int page) =>
        new ApiQuery()
            .Add("environmentId", EnvironmentId)
            .Add("spaceId", SpaceId)
            .Add("domain", Domain)
            .Add("topic", Topic)
            .Add("since", Since)
            .Add("includeAcknowledged", IncludeAcknowledged)
            .Add("pageSize", PageSize)
            .Add("pageNumber", page);
}
