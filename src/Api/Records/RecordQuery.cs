namespace Flatfile.Api;

/// <summary>Which rows of a sheet, and what of them.</summary>
public sealed record RecordQuery
{
    /// <summary>See <see cref="RecordFilter"/>.</summary>
    public string? Filter { get; init; }

    /// <summary>Narrows a filter by validity to one field.</summary>
    public string? FilterField { get; init; }

    public string? SearchValue { get; init; }

    public string? SearchField { get; init; }

    /// <summary>Flatfile's query language.</summary>
    public string? Q { get; init; }

    /// <summary>These rows; beside another selection all but these.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>Rows changed in this commit.</summary>
    public string? CommitId { get; init; }

    /// <summary>Rows changed after this commit.</summary>
    public string? SinceCommitId { get; init; }

    /// <summary>The rows this event is about, in place of the selection above.</summary>
    public string? ForEvent { get; init; }

    public string? SortField { get; init; }

    /// <summary><c>asc</c> or <c>desc</c>.</summary>
    public string? SortDirection { get; init; }

    /// <summary>Only these fields.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    public bool? IncludeCounts { get; init; }

    public bool? IncludeLinks { get; init; }

    public bool? IncludeMessages { get; init; }

    /// <summary>At most 10,000.</summary>
    public int PageSize { get; init; } = 10_000;

    internal ApiQuery ToSelection() =>
        new ApiQuery()
            .Add("filter", Filter)
            .Add("filterField", FilterField)
            .Add("searchValue", SearchValue)
            .Add("searchField", SearchField)
            .Add("q", Q)
            .Add("ids", Ids)
            .Add("commitId", CommitId)
            .Add("sinceCommitId", SinceCommitId)
            .Add("for", ForEvent)
            .Add("sortField", SortField)
            .Add("sortDirection", SortDirection);

    internal ApiQuery ToQuery(int page) =>
        ToSelection()
            .Add("fields", Fields)
            .Add("includeCounts", IncludeCounts)
            .Add("includeLinks", IncludeLinks)
            .Add("includeMessages", IncludeMessages)
            .Add("pageSize", PageSize)
            .Add("pageNumber", page);
}
