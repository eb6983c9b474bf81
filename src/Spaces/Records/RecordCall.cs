using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records;

/// <summary>What the calls about records have in common: their query, and faults of theirs told as 400.</summary>
internal static class RecordCall
{
    private const int LargestPage = 100_000;

    /// <summary>The selection, order and page a call asks for; the commits it names are looked up in the space.</summary>
    public static RowQuery Query(ApiCall call, SpaceRead read) => new()
    {
        Filter = call.Query("filter"),
        FilterField = call.Query("filterField"),
        SearchValue = call.Query("searchValue"),
        SearchField = call.Query("searchField"),
        Q = call.Query("q"),
        SortField = call.Query("sortField"),
        IsDescending = call.Query("sortDirection") switch
        {
            null or "asc" => false,
            "desc" => true,
            _ => throw ApiRefusal.Bad("sortDirection", "'sortDirection' must be asc or desc."),
        },
        Ids = Ids(call),
        Commit = Commit(read, call.Query("commitId") ?? call.Query("versionId")),
        SinceCommit = Commit(read, call.Query("sinceCommitId") ?? call.Query("sinceVersionId")),
        Fields = call.QueryAll("fields"),
        IncludeLinks = call.Flag("includeLinks") == true,
        PageSize = call.Number("pageSize", 1, LargestPage) ?? RecordLimits.DefaultPageSize,
        PageNumber = call.Number("pageNumber", 1, int.MaxValue) ?? 1,
    };

    /// <summary>The record ids a call names: repeated, or joined by commas.</summary>
    public static IReadOnlyList<string> Ids(ApiCall call) =>
        [.. call.QueryAll("ids").SelectMany(ids => ids.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    /// <summary>Runs what may find the request not understandable.</summary>
    public static T Run<T>(Func<T> run)
    {
        try
        {
            return run();
        }
        catch (RecordBodyException fault)
        {
            throw ApiRefusal.Bad(fault.Key, fault.Message);
        }
    }

    /// <summary>The body without a byte order mark.</summary>
    public static ReadOnlySpan<byte> Body(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith("\uFEFF"u8) ? body.Span[3..] : body.Span;

    /// <summary>The number of a commit of this space; 404 when there is none such.</summary>
    public static long? Commit(SpaceRead read, string? text)
    {
        if (text is null)
        {
            return null;
        }

        var id = read.Own(ResourceTable.Commits, text);
        ResourceTable.Commits.Get(read.Connection, id);
        return id.Number;
    }
}
