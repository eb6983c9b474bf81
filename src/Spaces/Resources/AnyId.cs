using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Resources;

/// <summary>Ids that may name anything in a space: what a thread is about, what an action is mounted on.</summary>
internal static class AnyId
{
    private static readonly Dictionary<string, ResourceTable> Tables = new[]
    {
        ResourceTable.Workbooks, ResourceTable.Sheets, ResourceTable.Files, ResourceTable.Documents, ResourceTable.Jobs, ResourceTable.Commits,
    }.ToDictionary(table => table.Prefix, StringComparer.Ordinal);

    /// <summary>The beginning of an id that tells its kind; empty when there is none.</summary>
    public static string PrefixOf(string id) => id[..(id.LastIndexOf('_') + 1)];

    /// <summary>The number of an id in this space; 404 for an id of anywhere else.</summary>
    public static long NumberIn(SpaceRead read, string id) =>
        ResourceId.TryParse(PrefixOf(id), id, out var parsed) && parsed.Space == read.Folder.Number
            ? parsed.Number
            : throw ApiRefusal.NotFound("resource", id);

    /// <summary>The id of something in the space that takes along what hangs on it; null for the space itself; 404 when there is none of this id.</summary>
    public static string? Holder(SpaceRead read, string id)
    {
        var number = NumberIn(read, id);
        if (id == read.SpaceId)
        {
            return null;
        }

        return Tables.TryGetValue(PrefixOf(id), out var table) && table.Find(read.Connection, number) is not null ? id : throw ApiRefusal.NotFound("resource", id);
    }

    /// <summary>The same for what may also be of a kind that is not looked up here: that hangs on nothing.</summary>
    public static string? HolderIfKnown(SpaceRead read, string id) => Tables.ContainsKey(PrefixOf(id)) ? Holder(read, id) : null;
}
