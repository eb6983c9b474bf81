namespace Flatfile.Agent.Core.Store;

/// <summary>The inbox in <c>agent.db</c>.</summary>
internal sealed class SqliteInbox(AgentDatabase database, TimeProvider time) : IInbox
{
    private static readonly IReadOnlyDictionary<string, InboxEntry> Nothing = new Dictionary<string, InboxEntry>();

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public Task<IReadOnlyDictionary<string, InboxEntry>> FindAsync(string eventId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection =>
        {
            var rows = connection.Query(
                "SELECT handler_id, starts, done_at FROM inbox WHERE event_id = $event",
                r => (Handler: r.GetString(0), Entry: new InboxEntry(r.GetInt32(1), !r.IsDBNull(2))),
                ("$event", eventId));
            return rows.Count == 0 ? Nothing : rows.ToDictionary(r => r.Handler, r => r.Entry, StringComparer.Ordinal);
        }, cancellationToken);

    public Task StartAsync(string eventId, string handlerId, CancellationToken cancellationToken) =>
        database.WriteAsync("inbox.start", connection => connection.Run(
            """
            INSERT INTO inbox(event_id, handler_id, starts) VALUES($event, $handler, 1)
            ON CONFLICT(event_id, handler_id) DO UPDATE SET starts = starts + 1
            """,
            ("$event", eventId), ("$handler", handlerId)), cancellationToken);

    public Task ReleaseAsync(string eventId, string handlerId, CancellationToken cancellationToken) =>
        database.WriteAsync("inbox.release", connection => connection.Run(
            "UPDATE inbox SET starts = 0 WHERE event_id = $event AND handler_id = $handler",
            ("$event", eventId), ("$handler", handlerId)), cancellationToken);

    public Task DoneAsync(string eventId, string handlerId, CancellationToken cancellationToken) =>
        database.WriteAsync("inbox.done", connection => connection.Run(
            """
            INSERT INTO inbox(event_id, handler_id, starts, done_at) VALUES($event, $handler, 0, $now)
            ON CONFLICT(event_id, handler_id) DO UPDATE SET done_at = excluded.done_at
            """,
            ("$event", eventId), ("$handler", handlerId), ("$now", Now)), cancellationToken);

    public Task ForgetAsync(string eventId, string handlerId, CancellationToken cancellationToken) =>
        database.WriteAsync("inbox.forget", connection => connection.Run(
            "DELETE FROM inbox WHERE event_id = $event AND handler_id = $handler",
            ("$event", eventId), ("$handler", handlerId)), cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        database.WriteAsync("inbox.prune", connection => connection.Run(
            "DELETE FROM inbox WHERE done_at < $before", ("$before", before.ToUnixTimeMilliseconds())), cancellationToken);
}
