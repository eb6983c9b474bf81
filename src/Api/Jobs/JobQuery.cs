namespace Flatfile.Api;

/// <summary>Which jobs.</summary>
public sealed record JobQuery
{
    public string? EnvironmentId { get; init; }

    public string? SpaceId { get; init; }

    public string? WorkbookId { get; init; }

    public string? FileId { get; init; }

    public string? ParentId { get; init; }

    public string? Source { get; init; }

    public bool? ExcludeChildJobs { get; init; }

    /// <summary><c>asc</c> or <c>desc</c>.</summary>
    public string? SortDirection { get; init; }

    /// <summary>How much one answer carries; the stream hides it.</summary>
    public int PageSize { get; init; } = 100;

    internal ApiQuery ToQuery(int page) =>
        new ApiQuery()
            .Add("environmentId", EnvironmentId)
            .Add("spaceId", SpaceId)
            .Add("workbookId", WorkbookId)
            .Add("fileId", FileId)
            .Add("parentId", ParentId)
            .Add("source", Source)
            .Add("excludeChildJobs", ExcludeChildJobs)
            .Add("sortDirection", SortDirection)
            .Add("pageSize", PageSize)
            .Add("pageNumber", page);
}
