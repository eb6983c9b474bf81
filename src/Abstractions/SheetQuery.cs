namespace Flatfile.Agent;

/// <summary>Rows of a sheet, to be gone through in pages.</summary>
/// <param name="SheetId">The sheet, <c>us_sh_…</c>.</param>
public sealed record SheetQuery(string SheetId)
{
    /// <summary><c>valid</c>, <c>error</c>, <c>all</c> or <c>none</c>; null for all.</summary>
    public string? Filter { get; init; }

    /// <summary>Flatfile's query language.</summary>
    public string? Q { get; init; }

    /// <summary>Only these fields; null for all.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Rows on a page, 1 to 10,000.</summary>
    public int PageSize { get; init; } = 5_000;

    /// <summary>Under this name the page that was reached is remembered; null for the sheet's id.</summary>
    public string? Name { get; init; }
}
