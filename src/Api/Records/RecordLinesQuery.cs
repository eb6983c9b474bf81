namespace Flatfile.Api;

/// <summary>Which rows as JSON lines, and what beside their values.</summary>
public sealed record RecordLinesQuery
{
    /// <summary>The rows and their order; all of them, not a page.</summary>
    public RecordQuery Rows { get; init; } = new();

    public bool? IncludeLinks { get; init; }

    public bool? IncludeMessages { get; init; }

    public bool? IncludeMetadata { get; init; }

    public bool? IncludeConfig { get; init; }

    public bool? IncludeSheet { get; init; }

    public bool? IncludeSheetSlug { get; init; }

    public bool? IncludeTimestamps { get; init; }

    public bool? IncludeEmptyCells { get; init; }

    /// <summary>Without version and validity.</summary>
    public bool? NoContext { get; init; }

    internal ApiQuery ToQuery(string sheetId) =>
        Rows.ToSelection()
            .Add("fields", Rows.Fields)
            .Add("sheetId", sheetId)
            .Add("stream", (bool?)true)
            .Add("includeLinks", IncludeLinks)
            .Add("includeMessages", IncludeMessages)
            .Add("includeMetadata", IncludeMetadata)
            .Add("includeConfig", IncludeConfig)
            .Add("includeSheet", IncludeSheet)
            .Add("includeSheetSlug", IncludeSheetSlug)
            .Add("includeTimestamps", IncludeTimestamps)
            .Add("includeEmptyCells", IncludeEmptyCells)
            .Add("noContext", NoContext);
}
