using Flatfile.Api;

namespace Flatfile.Spaces.Records;

/// <summary>Which rows, in which order, which page of them.</summary>
internal sealed record RowQuery
{
    /// <summary><c>valid</c>, <c>error</c>, <c>all</c>, <c>none</c>.</summary>
    public string? Filter { get; init; }

    /// <summary>Looks at one field's errors instead of the row's.</summary>
    public string? FilterField { get; init; }

    /// <summary>Part of a cell's text; in double quotes the whole of it; two double quotes for empty cells.</summary>
    public string? SearchValue { get; init; }

    public string? SearchField { get; init; }

    /// <summary>A condition in Flatfile's query language; narrows what filter and search leave.</summary>
    public string? Q { get; init; }

    public string? SortField { get; init; }

    public bool IsDescending { get; init; }

    /// <summary>Alone: exactly these rows. Beside a selection: all of it but these.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>The number of the commit that changed the rows.</summary>
    public long? Commit { get; init; }

    /// <summary>The number of the commit after which the rows changed.</summary>
    public long? SinceCommit { get; init; }

    /// <summary>Only these fields; all when empty.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    public bool IncludeLinks { get; init; }

    public int PageSize { get; init; } = RecordLimits.DefaultPageSize;

    public int PageNumber { get; init; } = 1;

    /// <summary>Whether anything but ids picks rows, so that ids beside it are exceptions.</summary>
    public bool IsSelection => Filter != RecordFilter.None && (Filter is not null || !string.IsNullOrEmpty(SearchValue) || !string.IsNullOrEmpty(Q));

    /// <summary>The same, but taking no row where nothing is said: what changes rows must be told which.</summary>
    public RowQuery Cautious() => IsSelection || Ids.Count > 0 || Commit is not null || SinceCommit is not null ? this : this with { Filter = RecordFilter.None };
}
