using Microsoft.Data.Sqlite;

namespace Flatfile.Agent.Core.Store;

/// <summary>The tables of <c>agent.db</c>. Times are milliseconds since 1970.</summary>
internal static class AgentSchema
{
    private const int Version = 1;

    private const string Tables = """
        CREATE TABLE inbox(
            event_id TEXT NOT NULL, handler_id TEXT NOT NULL, starts INTEGER NOT NULL, done_at INTEGER,
            PRIMARY KEY(event_id, handler_id)) WITHOUT ROWID;
        CREATE INDEX inbox_done ON inbox(done_at) WHERE done_at IS NOT NULL;
        CREATE TABLE tickets(
            seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
            event_id TEXT NOT NULL, handler_id TEXT NOT NULL, lane TEXT NOT NULL, job_id TEXT NOT NULL,
            event BLOB NOT NULL, trace_parent TEXT, state INTEGER NOT NULL,
            attempt INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, fatal INTEGER NOT NULL DEFAULT 0,
            lease INTEGER NOT NULL DEFAULT 0, owner TEXT, lease_until INTEGER, not_before INTEGER,
            outcome TEXT, outcome_at INTEGER, reason TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
            UNIQUE(event_id, handler_id));
        CREATE INDEX tickets_open ON tickets(lane, seq) WHERE state < 10;
        CREATE INDEX tickets_ended ON tickets(updated_at) WHERE state >= 10;
        CREATE TABLE checkpoints(ticket_id TEXT PRIMARY KEY, state BLOB NOT NULL, saved_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE runs(
            ticket_id TEXT NOT NULL, attempt INTEGER NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER, result TEXT, reason TEXT,
            PRIMARY KEY(ticket_id, attempt)) WITHOUT ROWID;
        CREATE TABLE dead_letters(
            id INTEGER PRIMARY KEY AUTOINCREMENT, event_id TEXT, topic TEXT, handler_id TEXT, reason TEXT NOT NULL, stack TEXT,
            attempts INTEGER NOT NULL, body BLOB NOT NULL, at INTEGER NOT NULL, replayed_at INTEGER);
        CREATE TABLE cursors(driver TEXT PRIMARY KEY, position TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
        """;

    public static void Apply(SqliteConnection connection)
    {
        var found = connection.Query("PRAGMA user_version", r => r.GetInt32(0))[0];
        if (found > Version)
        {
            throw new Startup.AgentStartException([
                $"'{connection.DataSource}' was written by a newer agent (version {found}, this one knows {Version}). Start the newer agent, or set Agent:DataFolder to another folder."]);
        }

        if (found < 1)
        {
            connection.Run(Tables);
        }

        connection.Run("PRAGMA user_version = 1");
    }
}
