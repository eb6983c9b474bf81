using System.Data.Common;
using System.Globalization;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;

namespace Flatfile.Agent.Store.PostgreSql;

/// <summary>The tables in PostgreSQL, version by version; the numbers are those of the SQLite file. Times are milliseconds since 1970.</summary>
internal static class PostgresSchema
{
    /// <summary>What a new schema becomes; older ones were never in PostgreSQL.</summary>
    private const int First = 2;

    private const string Tables = """
        CREATE TABLE inbox(
            event_id TEXT NOT NULL, handler_id TEXT NOT NULL, starts INTEGER NOT NULL, done_at BIGINT, owner TEXT, fatal INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY(event_id, handler_id));
        CREATE INDEX inbox_done ON inbox(done_at) WHERE done_at IS NOT NULL;
        CREATE TABLE tickets(
            seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id TEXT NOT NULL UNIQUE,
            event_id TEXT NOT NULL, handler_id TEXT NOT NULL, lane TEXT NOT NULL, job_id TEXT NOT NULL,
            event BYTEA NOT NULL, trace_parent TEXT, state INTEGER NOT NULL,
            attempt INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, fatal INTEGER NOT NULL DEFAULT 0,
            lease BIGINT NOT NULL DEFAULT 0, owner TEXT, lease_until BIGINT, not_before BIGINT,
            outcome TEXT, outcome_at BIGINT, reason TEXT, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL,
            UNIQUE(event_id, handler_id));
        CREATE INDEX tickets_open ON tickets(lane, seq) WHERE state < 10;
        CREATE INDEX tickets_owned ON tickets(owner) WHERE state = 1;
        CREATE INDEX tickets_ended ON tickets(updated_at) WHERE state >= 10;
        CREATE TABLE checkpoints(ticket_id TEXT PRIMARY KEY, state BYTEA NOT NULL, saved_at BIGINT NOT NULL);
        CREATE TABLE runs(
            ticket_id TEXT NOT NULL, attempt INTEGER NOT NULL, started_at BIGINT NOT NULL, ended_at BIGINT, result TEXT, reason TEXT,
            PRIMARY KEY(ticket_id, attempt));
        CREATE TABLE dead_letters(
            id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, event_id TEXT, topic TEXT, handler_id TEXT, reason TEXT NOT NULL, stack TEXT,
            attempts INTEGER NOT NULL, body BYTEA NOT NULL, at BIGINT NOT NULL, replayed_at BIGINT,
            space_id TEXT, handler_version TEXT, replay_asked_at BIGINT, edited BYTEA, dropped_at BIGINT, replay_of BIGINT, note TEXT);
        CREATE INDEX dead_letters_of ON dead_letters(event_id, handler_id);
        CREATE INDEX dead_letters_asked ON dead_letters(replay_asked_at, id) WHERE replay_asked_at IS NOT NULL AND replayed_at IS NULL AND dropped_at IS NULL;
        CREATE INDEX dead_letters_open ON dead_letters(id) WHERE replayed_at IS NULL AND dropped_at IS NULL;
        CREATE TABLE cursors(driver TEXT PRIMARY KEY, position TEXT NOT NULL, at BIGINT NOT NULL);
        CREATE TABLE nodes(owner TEXT PRIMARY KEY, name TEXT NOT NULL, alive_until BIGINT NOT NULL);
        CREATE TABLE leases(name TEXT PRIMARY KEY, owner TEXT NOT NULL, fence BIGINT NOT NULL, until BIGINT NOT NULL);
        CREATE TABLE payloads(id TEXT PRIMARY KEY, body BYTEA NOT NULL, at BIGINT NOT NULL);
        CREATE TABLE queued(
            seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, queue TEXT NOT NULL, event_id TEXT NOT NULL, topic TEXT NOT NULL, ordering_key TEXT NOT NULL,
            body BYTEA NOT NULL, trace_parent TEXT, at BIGINT NOT NULL, UNIQUE(queue, event_id));
        CREATE INDEX queued_order ON queued(queue, seq);
        CREATE TABLE recurring(
            id TEXT PRIMARY KEY, schedule TEXT NOT NULL, last_slot BIGINT, next_slot BIGINT, paused INTEGER NOT NULL DEFAULT 0, state BYTEA);
        CREATE TABLE recurring_runs(
            seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id TEXT NOT NULL, cause INTEGER NOT NULL, slot BIGINT NOT NULL, arguments TEXT,
            missed BIGINT NOT NULL DEFAULT 0, state INTEGER NOT NULL, attempt INTEGER NOT NULL DEFAULT 0, fatal INTEGER NOT NULL DEFAULT 0, node TEXT,
            decided_at BIGINT NOT NULL, started_at BIGINT, ended_at BIGINT, message TEXT, details TEXT, UNIQUE(id, cause, slot));
        CREATE INDEX recurring_open ON recurring_runs(id, seq) WHERE state < 10;
        """;

    private const string JobNotes = """
        ALTER TABLE tickets ADD COLUMN fence BIGINT NOT NULL DEFAULT 0;
        CREATE INDEX tickets_job ON tickets(job_id) WHERE state < 10;
        CREATE TABLE job_notes(
            ticket_id TEXT NOT NULL, name TEXT NOT NULL, state BYTEA NOT NULL, saved_at BIGINT NOT NULL, PRIMARY KEY(ticket_id, name));
        """;

    private const string ListsOfTickets = """
        CREATE INDEX tickets_active ON tickets(state, seq) WHERE state < 10;
        CREATE INDEX tickets_failed ON tickets(seq) WHERE state IN (11, 14);
        CREATE INDEX tickets_of_job ON tickets(job_id, seq);
        """;

    /// <summary>From version to version; each step is run once.</summary>
    private static readonly (int Version, string Sql)[] Steps = [(First, Tables), (3, JobNotes), (4, ListsOfTickets)];

    public static int Version => Steps[^1].Version;

    /// <summary>Part of a transaction. Nodes that start at once wait for each other.</summary>
    public static void Apply(DbConnection connection, string schema)
    {
        connection.Run("SELECT pg_advisory_xact_lock(hashtextextended('flatfile-agent schema ' || @schema, 0))", ("@schema", schema));
        var found = Found(connection, schema);
        if (found > Version)
        {
            throw new AgentStartException([string.Create(
                CultureInfo.InvariantCulture,
                $"Schema '{schema}' of the agent's store was written by a newer agent (version {found}, this one knows {Version}). Start the newer agent, or set Agent:Store:Schema to another schema.")]);
        }

        if (found == Version)
        {
            return;
        }

        // The name was checked to be a plain one; it cannot be a parameter here.
        connection.Run($"CREATE SCHEMA IF NOT EXISTS {schema}");
        foreach (var (version, sql) in Steps.Where(s => s.Version > found))
        {
            connection.Run(sql);
        }

        connection.Run("CREATE TABLE IF NOT EXISTS schema_version(version INTEGER NOT NULL)");
        connection.Run("DELETE FROM schema_version");
        connection.Run("INSERT INTO schema_version(version) VALUES(@version)", ("@version", Version));
    }

    /// <summary>0 when there are no tables yet.</summary>
    public static int Found(DbConnection connection, string schema) =>
        connection.Query("SELECT to_regclass(@table) IS NOT NULL", r => r.GetBoolean(0), ("@table", schema + ".schema_version"))[0]
            ? connection.Query("SELECT version FROM schema_version", r => r.GetInt32(0)).FirstOrDefault()
            : 0;
}
