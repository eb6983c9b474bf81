using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Storage;

/// <summary>One kind of resource in a space's database: a number (which the id carries), a parent, a state, and the JSON as it is answered.</summary>
/// <remarks>Members nobody knows stay in the body, so that what a client stored comes back.</remarks>
internal sealed class ResourceTable
{
    private readonly string _select;
    private readonly string _list;
    private readonly string _insert;
    private readonly string _update;
    private readonly string _delete;
    private readonly string _count;

    private ResourceTable(string table, string prefix, string noun)
    {
        Prefix = prefix;
        Noun = noun;
        _select = $"SELECT body FROM {table} WHERE number = $number";
        _list = $"SELECT body FROM {table} WHERE ($parent IS NULL OR parent = $parent) AND ($state IS NULL OR state = $state) ORDER BY number";
        _insert = $"INSERT INTO {table}(number, parent, state, body) VALUES ($number, $parent, $state, $body)";
        _update = $"UPDATE {table} SET state = $state, body = $body WHERE number = $number";
        _delete = $"DELETE FROM {table} WHERE number = $number";
        _count = $"SELECT count(*) FROM {table}";
    }

    /// <summary>Parent: none.</summary>
    public static ResourceTable Workbooks { get; } = new("workbooks", IdPrefix.Workbook, "workbook");

    /// <summary>Parent: the workbook.</summary>
    public static ResourceTable Sheets { get; } = new("sheets", IdPrefix.Sheet, "sheet");

    /// <summary>Parent: none. State: the file's status.</summary>
    public static ResourceTable Files { get; } = new("files", IdPrefix.File, "file");

    /// <summary>Parent: none.</summary>
    public static ResourceTable Documents { get; } = new("documents", IdPrefix.Document, "document");

    /// <summary>Parent: the job this is a part of. State: the job's status.</summary>
    public static ResourceTable Jobs { get; } = new("jobs", IdPrefix.Job, "job");

    /// <summary>Parent: the sheet. State: <c>open</c> or <c>completed</c>.</summary>
    public static ResourceTable Commits { get; } = new("commits", IdPrefix.Commit, "commit");

    /// <summary>Parent: the sheet.</summary>
    public static ResourceTable Snapshots { get; } = new("snapshots", IdPrefix.Snapshot, "snapshot");

    /// <summary>Parent: the sheet.</summary>
    public static ResourceTable Views { get; } = new("views", IdPrefix.View, "view");

    /// <summary>The step that makes the table of one kind, indexed by parent and state. The name stands in the source.</summary>
    public static MigrationStep Step(string table) => new(
        table,
        $"""
        CREATE TABLE {table}(number INTEGER PRIMARY KEY, parent INTEGER, state TEXT, body TEXT NOT NULL);
        CREATE INDEX {table}_parent ON {table}(parent, state);
        """);

    /// <summary>How ids begin.</summary>
    public string Prefix { get; }

    /// <summary>For messages.</summary>
    public string Noun { get; }

    /// <summary>The body, or null.</summary>
    public JsonObject? Find(SqliteConnection connection, long number) =>
        connection.Scalar(_select, ("$number", number)) is string body ? Wire.Parse(body) : null;

    /// <summary>The body; 404 when there is none.</summary>
    public JsonObject Get(SqliteConnection connection, ResourceId id) =>
        Find(connection, id.Number) ?? throw ApiRefusal.NotFound(Noun, id.ToString());

    /// <summary>Bodies in order of creation, of one parent and state or of all.</summary>
    public List<JsonObject> List(SqliteConnection connection, long? parent = null, string? state = null) =>
        connection.Rows(_list, row => Wire.Parse(row.GetString(0)), ("$parent", parent), ("$state", state));

    /// <summary>Adds one.</summary>
    public void Insert(SqliteConnection connection, ResourceId id, JsonObject body, long? parent = null, string? state = null) =>
        connection.Execute(_insert, ("$number", id.Number), ("$parent", parent), ("$state", state), ("$body", Wire.Text(body)));

    /// <summary>Replaces body and state; 404 when there is none.</summary>
    public void Update(SqliteConnection connection, ResourceId id, JsonObject body, string? state = null)
    {
        if (connection.Execute(_update, ("$number", id.Number), ("$state", state), ("$body", Wire.Text(body))) == 0)
        {
            throw ApiRefusal.NotFound(Noun, id.ToString());
        }
    }

    /// <summary>Removes one; 404 when there is none.</summary>
    public void Delete(SqliteConnection connection, ResourceId id)
    {
        if (connection.Execute(_delete, ("$number", id.Number)) == 0)
        {
            throw ApiRefusal.NotFound(Noun, id.ToString());
        }
    }

    /// <summary>How many there are.</summary>
    public long Count(SqliteConnection connection) => connection.Number(_count);

    /// <summary>How many there are of one parent.</summary>
    public long Count(SqliteConnection connection, long parent) => connection.Number(_count + " WHERE parent = $parent", ("$parent", parent));
}
