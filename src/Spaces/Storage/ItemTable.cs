using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Storage;

/// <summary>One kind of small resource in a space's database: a number (which the id carries), the number of what it hangs on, and the JSON as it is answered.</summary>
/// <remarks>All kinds share one table; a new kind needs no step. What an item hangs on takes it along when it goes.</remarks>
internal sealed class ItemTable(string kind, string prefix, string noun)
{
    /// <summary>The table of all kinds.</summary>
    public const string Schema =
        """
        CREATE TABLE items(number INTEGER PRIMARY KEY, kind TEXT NOT NULL, parent INTEGER, body TEXT NOT NULL);
        CREATE INDEX items_parent ON items(kind, parent);
        CREATE INDEX items_of ON items(parent);
        CREATE TRIGGER items_of_workbooks AFTER DELETE ON workbooks BEGIN DELETE FROM items WHERE parent = old.number; END;
        CREATE TRIGGER items_of_sheets AFTER DELETE ON sheets BEGIN DELETE FROM items WHERE parent = old.number; END;
        CREATE TRIGGER items_of_files AFTER DELETE ON files BEGIN DELETE FROM items WHERE parent = old.number; END;
        CREATE TRIGGER items_of_documents AFTER DELETE ON documents BEGIN DELETE FROM items WHERE parent = old.number; END;
        CREATE TRIGGER items_of_items AFTER DELETE ON items BEGIN DELETE FROM items WHERE parent = old.number; END;
        """;

    private const string One = " WHERE number = $number AND kind = $kind";

    /// <summary>How ids begin.</summary>
    public string Prefix { get; } = prefix;

    /// <summary>For messages.</summary>
    public string Noun { get; } = noun;

    /// <summary>The body, or null.</summary>
    public JsonObject? Find(SqliteConnection connection, long number) =>
        connection.Scalar("SELECT body FROM items" + One, ("$number", number), ("$kind", kind)) is string body ? Wire.Parse(body) : null;

    /// <summary>Bodies in order of creation, of one parent or of all.</summary>
    public List<JsonObject> List(SqliteConnection connection, long? parent = null) => connection.Rows(
        "SELECT body FROM items WHERE kind = $kind AND ($parent IS NULL OR parent = $parent) ORDER BY number",
        row => Wire.Parse(row.GetString(0)), ("$kind", kind), ("$parent", parent));

    /// <summary>Adds one.</summary>
    public void Insert(SqliteConnection connection, ResourceId id, JsonObject body, long? parent = null) => connection.Execute(
        "INSERT INTO items(number, kind, parent, body) VALUES ($number, $kind, $parent, $body)",
        ("$number", id.Number), ("$kind", kind), ("$parent", parent), ("$body", Wire.Text(body)));

    /// <summary>Replaces the body; 404 when there is none.</summary>
    public void Update(SqliteConnection connection, ResourceId id, JsonObject body)
    {
        if (connection.Execute("UPDATE items SET body = $body" + One, ("$number", id.Number), ("$kind", kind), ("$body", Wire.Text(body))) == 0)
        {
            throw ApiRefusal.NotFound(Noun, id.ToString());
        }
    }

    /// <summary>Removes one; 404 when there is none.</summary>
    public void Delete(SqliteConnection connection, ResourceId id)
    {
        if (connection.Execute("DELETE FROM items" + One, ("$number", id.Number), ("$kind", kind)) == 0)
        {
            throw ApiRefusal.NotFound(Noun, id.ToString());
        }
    }
}
