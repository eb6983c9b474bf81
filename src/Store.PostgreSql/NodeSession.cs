using System.Data.Common;
using Flatfile.Agent.Core.Store;
using Npgsql;

namespace Flatfile.Agent.Store.PostgreSql;

/// <summary>One session of a node's heartbeat with the database: its lock, its row, and its look at the others.</summary>
internal sealed class NodeSession : IDisposable
{
    private const string Channel = "flatfile_agent_nodes";
    private const string LockOf = "hashtextextended('flatfile-agent node ' || @schema || ' ', 0) # hashtextextended(owner, 0)";

    private readonly PostgresAgentDatabase _database;
    private readonly NpgsqlConnection _connection;
    private readonly string _owner;
    private readonly NodeTimes _times;
    private readonly TimeProvider _time;
    private readonly long _openedAt;
    private bool _locked;
    private bool _told;

    private NodeSession(PostgresAgentDatabase database, NpgsqlConnection connection, string owner, NodeTimes times, TimeProvider time)
    {
        _database = database;
        _connection = connection;
        _owner = owner;
        _times = times;
        _time = time;
        _openedAt = time.GetTimestamp();
    }

    private long Life => (long)_times.Life.TotalMilliseconds;

    /// <summary>Connects, takes the lock, and enters the row. What was held under an id given up is free from then on.</summary>
    public static NodeSession Open(PostgresAgentDatabase database, string owner, string name, string? givenUp, NodeTimes times, TimeProvider time)
    {
        var connection = database.Settings.Single("flatfile-agent heartbeat", Math.Max(1, (int)times.Answer.TotalSeconds));
        try
        {
            connection.Open();
            var session = new NodeSession(database, connection, owner, times, time);

            // A beat lost in a crash of the server is repeated; it need not be synced.
            connection.Run("SET synchronous_commit = off");
            connection.Notification += session.OnTold;
            connection.Run($"LISTEN {Channel}");
            session.TakeLock();
            session.Enter(name, givenUp);
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Tells all agents of a database that an owner of a schema has let go of work.</summary>
    public static void Tell(DbConnection connection, string schema, string owner) =>
        connection.Run("SELECT pg_notify(@channel, @schema || ' ' || @owner)", ("@channel", Channel), ("@schema", schema), ("@owner", owner));

    /// <summary>Whether another node is entered that is silent or whose session is gone: dead, or about to open another. Takes no lock.</summary>
    /// <remarks>The silence counts too, as whoever buries a node holds its lock while doing so.</remarks>
    public static bool AnyInDoubt(PostgresAgentDatabase database, DbConnection connection, string self, NodeTimes times) => connection.Query(
        $"""
        SELECT EXISTS(SELECT 1 FROM nodes WHERE owner <> @self AND (alive_until < {database.Now} + @life - @silence OR NOT EXISTS(
            SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
            WHERE locktype = 'advisory' AND objsubid = 1 AND datname = current_database()
                AND ((CAST(classid AS BIGINT) << 32) | CAST(objid AS BIGINT)) = {LockOf})))
        """,
        r => r.GetBoolean(0),
        ("@self", self), ("@life", (long)times.Life.TotalMilliseconds), ("@silence", (long)times.Silence.TotalMilliseconds), ("@schema", database.Settings.Schema))[0];

    /// <summary>Whether another node has told so since this was asked last; it shows with the beat.</summary>
    public bool WasTold()
    {
        var told = _told;
        _told = false;
        return told;
    }

    /// <summary>False when others took this node for dead.</summary>
    public bool Beat()
    {
        if (!_locked)
        {
            TakeLock();
        }

        return _connection.Run(
            $"UPDATE nodes SET alive_until = {_database.Now} + @life WHERE owner = @owner", ("@life", Life), ("@owner", _owner)) == 1;
    }

    /// <summary>Takes dead nodes out and frees what they held. Returns how many.</summary>
    public int Bury()
    {
        if (_time.GetElapsedTime(_openedAt) < _times.Grace)
        {
            return 0;
        }

        using var transaction = _connection.BeginTransaction(System.Data.IsolationLevel.ReadCommitted);
        var dead = _connection.Query(
            $"""
            SELECT owner FROM nodes WHERE owner <> @self AND CASE
                WHEN alive_until < {_database.Now} THEN TRUE
                WHEN alive_until < {_database.Now} + @life - @silence THEN pg_try_advisory_xact_lock({LockOf})
                ELSE FALSE END
            FOR UPDATE SKIP LOCKED
            """,
            r => r.GetString(0),
            ("@self", _owner), ("@life", Life), ("@silence", (long)_times.Silence.TotalMilliseconds), ("@schema", _database.Settings.Schema));
        foreach (var owner in dead)
        {
            Free(owner);
        }

        transaction.Commit();
        return dead.Count;
    }

    /// <summary>Takes this node out, as far as the database answers.</summary>
    public void Leave()
    {
        try
        {
            Free(_owner);
            Tell(_connection, _database.Settings.Schema, _owner);
        }
        catch (Exception fault) when (PostgresFaults.IsAway(fault))
        {
            // The others find the session gone.
        }
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>An old session of this node that the server has not yet seen die may still hold it; then it is tried again.</summary>
    private void TakeLock() =>
        _locked = _connection.Query(
            $"SELECT pg_try_advisory_lock({LockOf}) FROM (SELECT CAST(@owner AS TEXT) AS owner) AS self", r => r.GetBoolean(0),
            ("@owner", _owner), ("@schema", _database.Settings.Schema))[0];

    private void OnTold(object sender, NpgsqlNotificationEventArgs told)
    {
        if (told.Payload.Split(' ') is [var schema, var owner] && schema == _database.Settings.Schema && owner != _owner)
        {
            _told = true;
        }
    }

    private void Enter(string name, string? givenUp)
    {
        using var transaction = _connection.BeginTransaction(System.Data.IsolationLevel.ReadCommitted);
        if (givenUp is not null)
        {
            Free(givenUp);
        }

        _connection.Run(
            $"""
            INSERT INTO nodes(owner, name, alive_until) VALUES(@owner, @name, {_database.Now} + @life)
            ON CONFLICT(owner) DO UPDATE SET alive_until = excluded.alive_until
            """,
            ("@owner", _owner), ("@name", name), ("@life", Life));
        transaction.Commit();
    }

    private void Free(string owner)
    {
        _connection.Run("DELETE FROM nodes WHERE owner = @owner", ("@owner", owner));
        _connection.Run($"UPDATE tickets SET {StoredTickets.GivenBack}, updated_at = {_database.Now} WHERE state = 1 AND owner = @owner", ("@owner", owner));
    }
}
