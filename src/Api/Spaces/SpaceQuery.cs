namespace Flatfile.Api;

/// <summary>Which spaces.</summary>
public sealed record SpaceQuery
{
    public string? EnvironmentId { get; init; }

    public string? Search { get; init; }

    public string? Namespace { get; init; }

    public bool? Archived { get; init; }

    /// <summary>Superset; see <see cref="SpaceStatus"/>.</summary>
    public string? Status { get; init; }

    /// <summary>Superset.</summary>
    public DateTimeOffset? UpdatedBefore { get; init; }

    public string? SortField { get; init; }

    /// <summary><c>asc</c> or <c>desc</c>.</summary>
    public string? SortDirection { get; init; }

    /// <summary>How much one answer carries; the stream hides it.</summary>
    public int PageSize { get; init; } = 100;

    internal ApiQuery ToQuery(int page) =>
        new ApiQuery()
            .Add("environmentId", EnvironmentId)
            .Add("search", Search)
            .Add("namespace", Namespace)
            .Add("archived", Archived)
            .Add("status", Status)
            .Add("updatedBefore", UpdatedBefore)
            .Add("sortField", SortField)
            .Add("sortDirection", SortDirection)
            .Add("pageSize", PageSize)
            .Add("pageNumber", page);
}
