using Microsoft.Data.Sqlite;

namespace Flatfile.Agent.Core.Store;

/// <summary>The dead letters in <c>agent.db</c>.</summary>
internal sealed class SqliteDeadLetters(AgentDatabase database, TimeProvider time) : IDeadLetters
{
    private const string Columns = "id, event_id, topic, handler_id, reason, stack, attempts, body, at";

    public Task AddAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        database.WriteAsync("dead.add", connection => { Add(connection, letter); }, cancellationToken);

    public Task<IReadOnlyList<DeadLetter>> ListAsync(int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<DeadLetter>>(connection => connection.Query(
            $"SELECT {Columns} FROM dead_letters WHERE replayed_at IS NULL ORDER BY id DESC LIMIT $limit", Read, ("$limit", limit)), cancellationToken);

    public Task<DeadLetter?> TakeAsync(long id, CancellationToken cancellationToken) =>
        database.WriteAsync("dead.take", connection =>
        {
            var letter = connection.Query(
                $"UPDATE dead_letters SET replayed_at = $now WHERE id = $id AND replayed_at IS NULL RETURNING {Columns}",
                Read, ("$id", id), ("$now", time.GetUtcNow().ToUnixTimeMilliseconds())).FirstOrDefault();
            if (letter is { EventId: not null, HandlerId: not null })
            {
                connection.Run("DELETE FROM inbox WHERE event_id = $event AND handler_id = $handler", ("$event", letter.EventId), ("$handler", letter.HandlerId));
            }

            return letter;
        }, cancellationToken);

    /// <summary>Part of a larger write.</summary>
    public static void Add(SqliteConnection connection, DeadLetter letter)
    {
        var at = letter.At.ToUnixTimeMilliseconds();
        connection.Run(
            """
            INSERT INTO dead_letters(event_id, topic, handler_id, reason, stack, attempts, body, at)
            VALUES($event, $topic, $handler, $reason, $stack, $attempts, $body, $at)
            """,
            ("$event", letter.EventId), ("$topic", letter.Topic), ("$handler", letter.HandlerId), ("$reason", letter.Reason),
            ("$stack", letter.Stack), ("$attempts", letter.Attempts), ("$body", letter.Body.ToArray()), ("$at", at));
        if (letter is { EventId: not null, HandlerId: not null })
        {
            connection.Run(
                """
                INSERT INTO inbox(event_id, handler_id, starts, done_at) VALUES($event, $handler, 0, $at)
                ON CONFLICT(event_id, handler_id) DO UPDATE SET done_at = excluded.done_at
                """,
                ("$event", letter.EventId), ("$handler", letter.HandlerId), ("$at", at));
        }
    }

    private static DeadLetter Read(SqliteDataReader r) => new(
        r.GetInt64(0), r.TextOrNull(1), r.TextOrNull(2), r.TextOrNull(3), r.GetString(4), r.TextOrNull(5), r.GetInt32(6), r.Bytes(7), r.Time(8));
}
