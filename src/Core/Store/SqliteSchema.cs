using Microsoft.Data.Sqlite;

namespace Flatfile.Agent.Core.Store;

/// <summary>The tables of <c>agent.db</c>, version by version. Times are milliseconds since 1970.</summary>
internal static class SqliteSchema
{
    public const int Version = 4;

    private const string First = """
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

    private const string Second = """
        ALTER TABLE inbox ADD COLUMN owner TEXT;
        ALTER TABLE inbox ADD COLUMN fatal INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE dead_letters ADD COLUMN space_id TEXT;
        ALTER TABLE dead_letters ADD COLUMN handler_version TEXT;
        ALTER TABLE dead_letters ADD COLUMN replay_asked_at INTEGER;
        ALTER TABLE dead_letters ADD COLUMN edited BLOB;
        ALTER TABLE dead_letters ADD COLUMN dropped_at INTEGER;
        ALTER TABLE dead_letters ADD COLUMN replay_of INTEGER;
        ALTER TABLE dead_letters ADD COLUMN note TEXT;
        CREATE INDEX dead_letters_of ON dead_letters(event_id, handler_id);
        CREATE INDEX dead_letters_asked ON dead_letters(replay_asked_at, id) WHERE replay_asked_at IS NOT NULL AND replayed_at IS NULL AND dropped_at IS NULL;
        CREATE INDEX dead_letters_open ON dead_letters(id) WHERE replayed_at IS NULL AND dropped_at IS NULL;
        CREATE TABLE inbox_log(seq INTEGER PRIMARY KEY, event_id TEXT NOT NULL, handlers TEXT NOT NULL, owner TEXT, at INTEGER NOT NULL);
        CREATE TABLE nodes(owner TEXT PRIMARY KEY, name TEXT NOT NULL, alive_until INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE leases(name TEXT PRIMARY KEY, owner TEXT NOT NULL, fence INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE payloads(id TEXT PRIMARY KEY, body BLOB NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE queued(
            seq INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, event_id TEXT NOT NULL, topic TEXT NOT NULL, ordering_key TEXT NOT NULL,
            body BLOB NOT NULL, trace_parent TEXT, at INTEGER NOT NULL, UNIQUE(queue, event_id));
        CREATE INDEX queued_order ON queued(queue, seq);
        CREATE TABLE recurring(
            id TEXT PRIMARY KEY, schedule TEXT NOT NULL, last_slot INTEGER, next_slot INTEGER, paused INTEGER NOT NULL DEFAULT 0, state BLOB) WITHOUT ROWID;
        CREATE TABLE recurring_runs(
            seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, cause INTEGER NOT NULL, slot INTEGER NOT NULL, arguments TEXT,
            missed INTEGER NOT NULL DEFAULT 0, state INTEGER NOT NULL, attempt INTEGER NOT NULL DEFAULT 0, fatal INTEGER NOT NULL DEFAULT 0, node TEXT,
            decided_at INTEGER NOT NULL, started_at INTEGER, ended_at INTEGER, message TEXT, details TEXT, UNIQUE(id, cause, slot));
        CREATE INDEX recurring_open ON recurring_runs(id, seq) WHERE state < 10;
        """;

    private const string Third = """
        ALTER TABLE tickets ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX tickets_job ON tickets(job_id) WHERE state < 10;
        CREATE TABLE job_notes(
            ticket_id TEXT NOT NULL, name TEXT NOT NULL, state BLOB NOT NULL, saved_at INTEGER NOT NULL, PRIMARY KEY(ticket_id, name)) WITHOUT ROWID;
        """;

    private const string Fourth = """
        CREATE INDEX tickets_active ON tickets(state, seq) WHERE state < 10;
        CREATE INDEX tickets_failed ON tickets(seq) WHERE state IN (11, 14);
        CREATE INDEX tickets_of_job ON tickets(job_id, seq);
        """;

    public static bool Apply(SqliteConnection connection)
    {
        var found = connection.Query("PRAGMA user_version", r => r.GetInt32(0))[0];
        if (found > Version)
        {
            throw new Startup.AgentStartException([
                $"'{connection.DataSource}' was written by a newer agent (version {found}, this one knows {Version}). Start the newer agent, or set Agent:DataFolder to another folder."]);
        }

        if (found < 1)
        {
            connection.Run(First);
        }

        if (found < 2)
        {
            connection.Run(Second);
        }

        if (found < 3)
        {
            connection.Run(Third);
        }

        if (found < 4)
        {
            connection.Run(Fourth);
        }

        connection.Run("PRAGMA user_version = 4");
        return true;
    }
}
