namespace Flatfile.Api;

/// <summary>Which workbooks. Name, namespace and label take a leading <c>-</c> as not.</summary>
public sealed record WorkbookQuery
{
    public string? SpaceId { get; init; }

    public string? Name { get; init; }

    public string? Namespace { get; init; }

    public string? Label { get; init; }

    public string? Treatment { get; init; }

    /// <summary>True when absent.</summary>
    public bool? IncludeSheets { get; init; }

    public bool? IncludeCounts { get; init; }

    internal ApiQuery ToQuery() =>
        new ApiQuery()
            .Add("spaceId", SpaceId)
            .Add("name", Name)
            .Add("namespace", Namespace)
            .Add("label", Label)
            .Add("treatment", Treatment)
            .Add("includeSheets", IncludeSheets)
            .Add("includeCounts", IncludeCounts);
}
