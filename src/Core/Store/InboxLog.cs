using System.Data.Common;
using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;

namespace Flatfile.Agent.Core.Store;

/// <summary>The newest claims and ends of the inbox in <c>agent.db</c>, in the order they came; sorted into the inbox many at a time.</summary>
/// <remarks>
/// The inbox is a tree by event id, and ids come in no order: each claim and each end changes a page of its own there, while rows at the end of a
/// table share one. What an event has here is sorted in before anything else looks at the event, so the inbox alone is the truth for
/// everyone else. Used within the transactions of the one writer; <see cref="MayHold"/> by anyone.
/// </remarks>
internal sealed class InboxLog
{
    /// <summary>Stands between the handlers of one claim; an id that has it does not go into the log.</summary>
    public const char Between = '\n';

    /// <summary>Rows that are sorted in together.</summary>
    private const int Limit = 4096;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _older = new(StringComparer.Ordinal);
    private readonly HashSet<string> _newer = new(StringComparer.Ordinal);
    private SqliteConnection? _connection;
    private NativeStatement? _known;
    private NativeStatement? _append;
    private int _rows;
    private int _sortings;

    /// <summary>True when the log may know the event; false only when it does not.</summary>
    public bool MayHold(string eventId)
    {
        eventId = Statements.Storable(eventId);
        lock (_lock)
        {
            return _newer.Contains(eventId) || _older.Contains(eventId);
        }
    }

    /// <summary>Notes a claim of an event that neither the log nor the inbox knows. False, and nothing is written, when one of them does.</summary>
    public bool TryClaim(DbConnection connection, string eventId, string handlers, string owner)
    {
        Use(connection);
        if (MayHold(eventId) || _known!.HasRow(Statements.Storable(eventId)))
        {
            return false;
        }

        Append(eventId, handlers, owner);
        return true;
    }

    /// <summary>Notes that a handler is done. False, and nothing is written, when the log does not know the event.</summary>
    public bool TryEnd(DbConnection connection, string eventId, string handler)
    {
        Use(connection);
        if (!MayHold(eventId))
        {
            return false;
        }

        Append(eventId, handler, null);
        return true;
    }

    /// <summary>Sorts in what the log has of one event.</summary>
    public void SortIn(DbConnection connection, string eventId)
    {
        if (MayHold(eventId))
        {
            Sort(connection, "WHERE event_id = @event", ("@event", eventId));
        }
    }

    /// <summary>Sorts everything in when there is enough of it. Returns a number for <see cref="SortedIn"/>, or null when there was not enough.</summary>
    public int? SortInIfLong(DbConnection connection) => _rows < Limit ? null : SortInAll(connection);

    /// <summary>Sorts everything in. Returns a number for <see cref="SortedIn"/>.</summary>
    public int SortInAll(DbConnection connection)
    {
        Sort(connection, "");
        _rows = 0;
        lock (_lock)
        {
            // Kept until the commit: after a rollback the log still has them.
            _older.UnionWith(_newer);
            _newer.Clear();
            return ++_sortings;
        }
    }

    /// <summary>The transaction in which everything was sorted in is committed.</summary>
    public void SortedIn(int sorting)
    {
        lock (_lock)
        {
            if (sorting == _sortings)
            {
                _older.Clear();
            }
        }
    }

    private void Append(string eventId, string handlers, string? owner)
    {
        eventId = Statements.Storable(eventId);

        // Before the row, and not taken back with it: the set may say too much, never too little.
        lock (_lock)
        {
            _newer.Add(eventId);
        }

        _append!.Run(eventId, Statements.Storable(handlers), owner);
        _rows++;
    }

    private void Use(DbConnection connection)
    {
        if (_connection == connection)
        {
            return;
        }

        _known?.Dispose();
        _append?.Dispose();
        _connection = (SqliteConnection)connection;
        _known = new NativeStatement(_connection, "SELECT 1 FROM inbox WHERE event_id = ? LIMIT 1");
        _append = new NativeStatement(_connection, $"INSERT INTO inbox_log(event_id, handlers, owner, at) VALUES(?, ?, ?, {SqliteAgentDatabase.Clock})");
    }

    private static void Sort(DbConnection connection, string which, params ReadOnlySpan<(string, object?)> parameters)
    {
        var rows = connection.Query(
            $"SELECT event_id, handlers, owner, at FROM inbox_log {which} ORDER BY event_id, seq",
            r => (Event: r.GetString(0), Handlers: r.GetString(1), Owner: r.TextOrNull(2), At: r.GetInt64(3)), parameters);
        if (rows.Count == 0)
        {
            return;
        }

        using var kept = new KeptCommands();
        var states = new Dictionary<string, (int Starts, string? Owner, long? DoneAt)>(StringComparer.Ordinal);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            foreach (var handler in row.Handlers.Split(Between))
            {
                var state = states.GetValueOrDefault(handler);
                states[handler] = row.Owner is { } owner ? (state.Starts + 1, owner, state.DoneAt) : state with { DoneAt = row.At };
            }

            if (i + 1 < rows.Count && rows[i + 1].Event == row.Event)
            {
                continue;
            }

            foreach (var (handler, (starts, owner, doneAt)) in states)
            {
                kept.Get(
                    connection,
                    """
                    INSERT INTO inbox(event_id, handler_id, starts, owner, done_at) VALUES(@event, @handler, @starts, @owner, @done)
                    ON CONFLICT(event_id, handler_id) DO UPDATE SET
                        starts = inbox.starts + excluded.starts, owner = COALESCE(excluded.owner, inbox.owner), done_at = COALESCE(excluded.done_at, inbox.done_at)
                    """,
                    [("@event", row.Event), ("@handler", handler), ("@starts", starts), ("@owner", owner), ("@done", doneAt)]).ExecuteNonQuery();
            }

            states.Clear();
        }

        connection.Run($"DELETE FROM inbox_log {which}", parameters);
    }
}
