using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Storage;

/// <summary>One consistent look into a space.</summary>
internal class SpaceRead(SqliteConnection connection, SpaceFolder folder)
{
    /// <summary>The space's database, inside a transaction.</summary>
    public SqliteConnection Connection { get; } = connection;

    /// <summary>Ids, paths and environment of the space.</summary>
    public SpaceFolder Folder { get; } = folder;

    public string SpaceId => Folder.Id;

    /// <summary>The stored body of the space itself.</summary>
    public virtual JsonObject Space => Wire.Parse((string)Connection.Scalar("SELECT body FROM space WHERE one = 1")!);

    /// <summary>An id that must belong to this space; 404 otherwise.</summary>
    public ResourceId Own(ResourceTable table, string? text) =>
        ResourceId.TryParse(table.Prefix, text, out var id) && id.Space == Folder.Number
            ? id
            : throw ApiRefusal.NotFound(table.Noun, text);

    /// <summary>The id of a number in this space.</summary>
    public string IdOf(ResourceTable table, long number) => new ResourceId(table.Prefix, Folder.Number, number).ToString();
}
