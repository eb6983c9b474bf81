namespace Flatfile.Api;

/// <summary>Which files.</summary>
public sealed record FileQuery
{
    public string? SpaceId { get; init; }

    public string? Mode { get; init; }

    /// <summary>How much one answer carries; the stream hides it.</summary>
    public int PageSize { get; init; } = 100;

    internal ApiQuery ToQuery(int page) =>
        new ApiQuery()
            .Add("spaceId", SpaceId)
            .Add("mode", Mode)
            .Add("pageSize", PageSize)
            .Add("pageNumber", page);
}
