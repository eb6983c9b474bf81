using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Storage;

/// <summary>One kind of resource of the account or of an environment: an id, an environment, a parent, a state, and the JSON as it is answered.</summary>
/// <remarks>
/// All kinds share one table; a new kind is a line here and needs no step. Ids are random: nothing in them leads anywhere,
/// so the environment is asked for wherever a resource is looked up. A null environment means: of the whole account.
/// </remarks>
internal sealed class CentralTable(string kind, string prefix, string noun)
{
    /// <summary>The table of all kinds.</summary>
    public const string Schema =
        """
        CREATE TABLE resources(
            number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id TEXT NOT NULL UNIQUE,
            environment TEXT, parent TEXT, state TEXT, body TEXT NOT NULL);
        CREATE INDEX resources_place ON resources(kind, environment, parent);
        """;

    /// <summary>What belongs to a resource or an environment goes with it, two levels deep: a trigger does not start itself.</summary>
    public const string Cascade =
        """
        CREATE INDEX resources_of ON resources(parent);
        CREATE TRIGGER resources_of_resources AFTER DELETE ON resources BEGIN
            DELETE FROM resources WHERE parent IN (SELECT id FROM resources WHERE parent = old.id);
            DELETE FROM resources WHERE parent = old.id;
        END;
        CREATE TRIGGER resources_of_environments AFTER DELETE ON environments BEGIN DELETE FROM resources WHERE environment = old.id; END;
        """;

    private const string Chosen =
        """
         FROM resources WHERE kind = $kind AND ($environment IS NULL OR environment IS NULL OR environment = $environment)
            AND ($parent IS NULL OR parent = $parent) AND ($state IS NULL OR state = $state)
        """;

    private const string One = " WHERE kind = $kind AND id = $id AND ($environment IS NULL OR environment IS NULL OR environment = $environment)";

    /// <summary>How ids begin.</summary>
    public string Prefix { get; } = prefix;

    /// <summary>For messages.</summary>
    public string Noun { get; } = noun;

    /// <summary>A new id of this kind.</summary>
    public string NewId() => RandomId.New(Prefix);

    /// <summary>The body, or null. Without an environment, of any.</summary>
    public JsonObject? Find(SqliteConnection connection, string? environment, string? id) =>
        connection.Scalar("SELECT body FROM resources" + One, ("$kind", kind), ("$id", id), ("$environment", environment)) is string body
            ? Wire.Parse(body) : null;

    /// <summary>The body; 404 when there is none in this environment.</summary>
    public JsonObject Get(SqliteConnection connection, string? environment, string? id) =>
        Find(connection, environment, id) ?? throw ApiRefusal.NotFound(Noun, id);

    /// <summary>Bodies in order of creation.</summary>
    public List<JsonObject> List(SqliteConnection connection, string? environment, string? parent = null, string? state = null) =>
        connection.Rows(
            "SELECT body" + Chosen + " ORDER BY number", row => Wire.Parse(row.GetString(0)),
            ("$kind", kind), ("$environment", environment), ("$parent", parent), ("$state", state));

    /// <summary>How many there are.</summary>
    public long Count(SqliteConnection connection, string? environment, string? parent = null, string? state = null) =>
        connection.Number(
            "SELECT count(*)" + Chosen, ("$kind", kind), ("$environment", environment), ("$parent", parent), ("$state", state));

    /// <summary>Adds one.</summary>
    public void Insert(SqliteConnection connection, string id, string? environment, JsonObject body, string? parent = null, string? state = null) =>
        connection.Execute(
            "INSERT INTO resources(kind, id, environment, parent, state, body) VALUES ($kind, $id, $environment, $parent, $state, $body)",
            ("$kind", kind), ("$id", id), ("$environment", environment), ("$parent", parent), ("$state", state), ("$body", Wire.Text(body)));

    /// <summary>Replaces body and state; 404 when there is none in this environment.</summary>
    public void Update(SqliteConnection connection, string? environment, string id, JsonObject body, string? state = null)
    {
        if (connection.Execute(
            "UPDATE resources SET state = $state, body = $body" + One,
            ("$kind", kind), ("$id", id), ("$environment", environment), ("$state", state), ("$body", Wire.Text(body))) == 0)
        {
            throw ApiRefusal.NotFound(Noun, id);
        }
    }

    /// <summary>Removes one; 404 when there is none in this environment.</summary>
    public void Delete(SqliteConnection connection, string? environment, string id)
    {
        if (connection.Execute("DELETE FROM resources" + One, ("$kind", kind), ("$id", id), ("$environment", environment)) == 0)
        {
            throw ApiRefusal.NotFound(Noun, id);
        }
    }
}
