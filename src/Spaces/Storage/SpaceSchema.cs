using Flatfile.Spaces.Records;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Storage;

/// <summary>The tables of one space's database. Record tables are added beside them, one set per sheet.</summary>
internal static class SpaceSchema
{
    /// <summary>Written into the file; a file of another version is refused, never changed.</summary>
    public const long Version = 1;

    private const string Tables =
        """
        CREATE TABLE space(one INTEGER PRIMARY KEY CHECK (one = 1), last_activity_at TEXT, body TEXT NOT NULL);
        CREATE TABLE counters(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO counters VALUES ('resource', 0), ('event', 0), ('sheet', 0);
        CREATE TABLE workbooks(number INTEGER PRIMARY KEY, parent INTEGER, state TEXT, body TEXT NOT NULL);
        CREATE TABLE sheets(number INTEGER PRIMARY KEY, parent INTEGER, state TEXT, body TEXT NOT NULL, records INTEGER);
        CREATE INDEX sheets_parent ON sheets(parent);
        CREATE TABLE files(number INTEGER PRIMARY KEY, parent INTEGER, state TEXT, body TEXT NOT NULL);
        CREATE TABLE documents(number INTEGER PRIMARY KEY, parent INTEGER, state TEXT, body TEXT NOT NULL);
        CREATE TABLE jobs(number INTEGER PRIMARY KEY, parent INTEGER, state TEXT, body TEXT NOT NULL);
        CREATE INDEX jobs_state ON jobs(state);
        CREATE TABLE commits(number INTEGER PRIMARY KEY, parent INTEGER, state TEXT, body TEXT NOT NULL);
        CREATE INDEX commits_parent ON commits(parent, state);
        CREATE TABLE outbox(
            sequence INTEGER PRIMARY KEY, topic TEXT NOT NULL, domain TEXT NOT NULL, created_at TEXT NOT NULL, body BLOB NOT NULL);
        """;

    /// <summary>Creates all tables in a new file.</summary>
    public static void Create(SqliteConnection connection)
    {
        connection.Execute(Tables);
        connection.Execute(Idempotency.IdempotencyLedger.Schema);
        RecordTables.Initialize(connection);
        connection.Execute($"PRAGMA user_version={Version}");
    }
}
