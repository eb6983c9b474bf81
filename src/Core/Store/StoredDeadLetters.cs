using System.Data.Common;

namespace Flatfile.Agent.Core.Store;

/// <summary>The dead letters of the agent's store.</summary>
internal sealed class StoredDeadLetters(AgentDatabase database, TimeProvider time) : IDeadLetters
{
    private const string Columns =
        "id, event_id, topic, handler_id, reason, stack, attempts, body, at, space_id, handler_version, replay_of, edited, replay_asked_at, replayed_at, dropped_at, note";

    private const string Short =
        "id, event_id, topic, handler_id, reason, attempts, at, space_id, handler_version, replay_of, note, replay_asked_at, replayed_at, dropped_at";

    public Task AddAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        database.WriteAsync("dead.add", connection => { Add(connection, letter); }, cancellationToken);

    public Task<IReadOnlyList<DeadLetter>> ListAsync(int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<DeadLetter>>(connection => connection.Query(
            $"SELECT {Columns} FROM dead_letters WHERE replayed_at IS NULL AND dropped_at IS NULL ORDER BY id DESC LIMIT @limit", Read, ("@limit", limit)), cancellationToken);

    public Task<DeadLetterPage> FindAsync(DeadLetterFilter filter, int limit, long? before, CancellationToken cancellationToken) =>
        database.ReadAsync(connection =>
        {
            var condition = new DeadLetterCondition(filter).Add("id < @before", ("@before", before ?? long.MaxValue));
            var found = connection.Query(
                $"SELECT {Short} FROM dead_letters WHERE {condition.Sql} ORDER BY id DESC LIMIT @limit", ReadShort, [.. condition.Parameters, ("@limit", limit + 1)]);
            var page = found.Count > limit ? found[..limit] : found;
            return new DeadLetterPage(page, found.Count > limit ? page[^1].Id : null);
        }, cancellationToken);

    public Task<long> CountAsync(DeadLetterFilter filter, CancellationToken cancellationToken) =>
        database.ReadAsync(connection =>
        {
            var condition = new DeadLetterCondition(filter);
            return connection.Query($"SELECT count(*) FROM dead_letters WHERE {condition.Sql}", r => r.GetInt64(0), condition.Parameters)[0];
        }, cancellationToken);

    public Task<IReadOnlyList<long>> NumbersAsync(DeadLetterFilter filter, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<long>>(connection =>
        {
            var condition = new DeadLetterCondition(filter);
            return connection.Query(
                $"SELECT id FROM dead_letters WHERE {condition.Sql} ORDER BY id LIMIT @limit", r => r.GetInt64(0), [.. condition.Parameters, ("@limit", limit)]);
        }, cancellationToken);

    public Task<DeadLetter?> GetAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.Query($"SELECT {Columns} FROM dead_letters WHERE id = @id", Read, ("@id", id)).FirstOrDefault(), cancellationToken);

    public Task<IReadOnlyList<long>> DropAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<long>>("dead.drop", connection =>
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            var dropped = new List<long>();
            foreach (var id in ids)
            {
                var pair = connection.Query(
                    "UPDATE dead_letters SET dropped_at = @now WHERE id = @id AND replayed_at IS NULL AND dropped_at IS NULL RETURNING event_id, handler_id",
                    r => (Event: r.TextOrNull(0), Handler: r.TextOrNull(1)), ("@id", id), ("@now", now));
                if (pair.Count == 0)
                {
                    continue;
                }

                dropped.Add(id);
                MarkDone(connection, pair[0].Event, pair[0].Handler, now);
            }

            return dropped;
        }, cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        database.WriteAsync("dead.prune", connection => connection.Run(
            "DELETE FROM dead_letters WHERE replayed_at < @before OR dropped_at < @before", ("@before", before.ToUnixTimeMilliseconds())), cancellationToken);

    /// <summary>
    /// Part of a larger write. An earlier letter of the same event and handler is the one that was repeated; one that no handler saw is written once, however
    /// often its delivery comes.
    /// </summary>
    public static void Add(DbConnection connection, DeadLetter letter)
    {
        if (IsKnown(connection, letter))
        {
            return;
        }

        var at = letter.At.ToUnixTimeMilliseconds();
        connection.Run(
            """
            INSERT INTO dead_letters(event_id, topic, handler_id, reason, stack, attempts, body, at, space_id, handler_version, replay_of)
            VALUES(@event, @topic, @handler, @reason, @stack, @attempts, @body, @at, @space, @version,
                coalesce(@of, (SELECT max(d.id) FROM dead_letters d WHERE d.event_id = @event AND d.handler_id = @handler)))
            """,
            ("@event", letter.EventId), ("@topic", letter.Topic), ("@handler", letter.HandlerId), ("@reason", letter.Reason),
            ("@stack", letter.Stack), ("@attempts", letter.Attempts), ("@body", letter.Body.ToArray()), ("@at", at),
            ("@space", letter.SpaceId), ("@version", letter.HandlerVersion), ("@of", letter.ReplayOf));
        MarkDone(connection, letter.EventId, letter.HandlerId, at);
    }

    /// <summary>
    /// Whether a letter no handler saw waits already. The inbox remembers events by handler, so of these only the letter itself tells that the process
    /// died between writing it and settling the delivery, which then came again.
    /// </summary>
    private static bool IsKnown(DbConnection connection, DeadLetter letter)
    {
        if (letter.HandlerId is not null || letter.ReplayOf is not null)
        {
            return false;
        }

        const string Waiting = "handler_id IS NULL AND body = @body AND replayed_at IS NULL AND dropped_at IS NULL LIMIT 1";
        var body = ("@body", (object?)letter.Body.ToArray());
        var found = letter.EventId is null
            ? connection.Query($"SELECT id FROM dead_letters WHERE event_id IS NULL AND {Waiting}", r => r.GetInt64(0), body)
            : connection.Query($"SELECT id FROM dead_letters WHERE event_id = @event AND {Waiting}", r => r.GetInt64(0), ("@event", letter.EventId), body);
        return found.Count > 0;
    }

    /// <summary>The handler has nothing left to do with the event. Part of a larger write.</summary>
    public static void MarkDone(DbConnection connection, string? eventId, string? handlerId, long at)
    {
        if (eventId is not null && handlerId is not null)
        {
            connection.Run(
                """
                INSERT INTO inbox(event_id, handler_id, starts, done_at) VALUES(@event, @handler, 0, @at)
                ON CONFLICT(event_id, handler_id) DO UPDATE SET done_at = excluded.done_at
                """,
                ("@event", eventId), ("@handler", handlerId), ("@at", at));
        }
    }

    private static DeadLetter Read(DbDataReader r) => new(
        r.GetInt64(0), r.TextOrNull(1), r.TextOrNull(2), r.TextOrNull(3), r.GetString(4), r.TextOrNull(5), r.GetInt32(6), r.Bytes(7), r.Time(8))
    {
        SpaceId = r.TextOrNull(9),
        HandlerVersion = r.TextOrNull(10),
        ReplayOf = r.NumberOrNull(11),
        Edited = r.IsDBNull(12) ? default(ReadOnlyMemory<byte>?) : r.Bytes(12),
        ReplayAskedAt = r.TimeOrNull(13),
        ReplayedAt = r.TimeOrNull(14),
        DroppedAt = r.TimeOrNull(15),
        Note = r.TextOrNull(16),
    };

    private static DeadLetterSummary ReadShort(DbDataReader r) => new(
        r.GetInt64(0), r.TextOrNull(1), r.TextOrNull(2), r.TextOrNull(3), r.GetString(4), r.GetInt32(5), r.Time(6))
    {
        SpaceId = r.TextOrNull(7),
        HandlerVersion = r.TextOrNull(8),
        ReplayOf = r.NumberOrNull(9),
        Note = r.TextOrNull(10),
        State = DeadLetterStates.Of(r.TimeOrNull(11), r.TimeOrNull(12), r.TimeOrNull(13)),
    };
}
