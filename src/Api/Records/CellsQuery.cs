namespace Flatfile.Api;

/// <summary>Which values of which fields.</summary>
public sealed record CellsQuery
{
    /// <summary>The rows whose values are meant, and their order.</summary>
    public RecordQuery Rows { get; init; } = new();

    /// <summary>One field; all of them when absent.</summary>
    public string? FieldKey { get; init; }

    /// <summary>Each different value once, not each row's.</summary>
    public bool Distinct { get; init; } = true;

    /// <summary>How many rows have each value.</summary>
    public bool? IncludeCounts { get; init; }

    /// <summary>Values of each field, at most 10,000.</summary>
    public int PageSize { get; init; } = 1_000;

    internal ApiQuery ToQuery(int page) =>
        Rows.ToSelection()
            .Add("fieldKey", FieldKey)
            .Add("distinct", (bool?)Distinct)
            .Add("includeCounts", IncludeCounts)
            .Add("pageSize", (int?)PageSize)
            .Add("pageNumber", (int?)page);
}
