using System.Data.Common;
using System.Globalization;
using Flatfile.Agent.Core.Jobs;

namespace Flatfile.Agent.Core.Store;

/// <summary>The inbox of the agent's store.</summary>
internal sealed class StoredInbox(AgentDatabase database, AgentOwner owner, TimeProvider time) : IInbox
{
    private static readonly IReadOnlyDictionary<string, InboxEntry> Nothing = new Dictionary<string, InboxEntry>();

    private readonly string?[] _claims = new string?[16];

    /// <summary>The inbox of a store, by the way that suits it.</summary>
    public static IInbox Of(AgentDatabase database, AgentOwner owner, TimeProvider time)
    {
        var stored = new StoredInbox(database, owner, time);
        return database is SqliteAgentDatabase sqlite ? new LoggedInbox(stored, sqlite, owner) : stored;
    }

    private string Now => database.Now;

    // In hand of nobody, or of an agent that does not live any more.
    private string IsFree =>
        $"""
        inbox.done_at IS NULL AND (inbox.owner IS NULL OR (inbox.owner <> @owner
            AND NOT EXISTS(SELECT 1 FROM nodes WHERE nodes.owner = inbox.owner AND nodes.alive_until > {Now})))
        """;

    public async Task<IReadOnlyList<InboxClaim>> ClaimAsync(string eventId, IReadOnlyList<string> handlerIds, CancellationToken cancellationToken)
    {
        var count = handlerIds.Count;
        var me = owner.Id;
        var parameters = new (string, object?)[count + 2];
        parameters[0] = ("@event", eventId);
        parameters[1] = ("@owner", me);
        for (var i = 0; i < count; i++)
        {
            parameters[i + 2] = (Handler(i), handlerIds[i]);
        }

        var sql = count < _claims.Length ? _claims[count] ??= ClaimSql(count) : ClaimSql(count);
        var rows = await database.RunAsync("inbox.claim", sql, r => Read(r, me), cancellationToken, parameters).ConfigureAwait(false);
        var claims = new InboxClaim[count];
        for (var i = 0; i < count; i++)
        {
            var handler = Statements.Storable(handlerIds[i]);
            claims[i] = rows.Find(r => r.Handler == handler).Claim;
        }

        return claims;
    }

    public Task ReleaseAsync(string eventId, string handlerId, CancellationToken cancellationToken) =>
        database.RunAsync("inbox.release",
            "UPDATE inbox SET starts = starts - 1, owner = NULL WHERE event_id = @event AND handler_id = @handler AND owner = @owner",
            cancellationToken, ("@event", eventId), ("@handler", handlerId), ("@owner", owner.Id));

    public Task DoneAsync(string eventId, string handlerId, CancellationToken cancellationToken) =>
        database.RunAsync("inbox.done",
            $"""
            INSERT INTO inbox(event_id, handler_id, starts, done_at) VALUES(@event, @handler, 0, {Now})
            ON CONFLICT(event_id, handler_id) DO UPDATE SET done_at = excluded.done_at
            """,
            cancellationToken, ("@event", eventId), ("@handler", handlerId));

    public Task<IReadOnlyDictionary<string, InboxEntry>> FindAsync(string eventId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection =>
        {
            var rows = connection.Query(
                "SELECT handler_id, starts, done_at FROM inbox WHERE event_id = @event",
                r => (Handler: r.GetString(0), Entry: new InboxEntry(r.GetInt32(1), !r.IsDBNull(2))),
                ("@event", eventId));
            return rows.Count == 0 ? Nothing : rows.ToDictionary(r => r.Handler, r => r.Entry, StringComparer.Ordinal);
        }, cancellationToken);

    public Task ForgetAsync(string eventId, string handlerId, CancellationToken cancellationToken) =>
        database.RunAsync("inbox.forget",
            "DELETE FROM inbox WHERE event_id = @event AND handler_id = @handler",
            cancellationToken, ("@event", eventId), ("@handler", handlerId));

    public async Task<int> ChargeAsync(string eventId, string handlerId, int deaths, CancellationToken cancellationToken) =>
        (await database.RunAsync("inbox.charge",
            "UPDATE inbox SET fatal = fatal + @deaths WHERE event_id = @event AND handler_id = @handler RETURNING fatal",
            r => r.GetInt32(0), cancellationToken, ("@event", eventId), ("@handler", handlerId), ("@deaths", deaths)).ConfigureAwait(false)).FirstOrDefault();

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        database.RunAsync("inbox.prune",
            $"DELETE FROM inbox WHERE done_at < {Now} - @age",
            cancellationToken, ("@age", (long)(time.GetUtcNow() - before).TotalMilliseconds));

    /// <summary>Every handler is answered by its row, also one that is not claimed: its row is then written as it was.</summary>
    private string ClaimSql(int handlers) =>
        $"""
        INSERT INTO inbox(event_id, handler_id, starts, owner) VALUES {string.Join(", ", Enumerable.Range(0, handlers).Select(i => $"(@event, {Handler(i)}, 1, @owner)"))}
        ON CONFLICT(event_id, handler_id) DO UPDATE SET
            starts = CASE WHEN {IsFree} THEN inbox.starts + 1 ELSE inbox.starts END,
            owner = CASE WHEN {IsFree} THEN @owner ELSE inbox.owner END
        RETURNING handler_id, starts, fatal, done_at, owner
        """;

    private static string Handler(int index) => "@h" + index.ToString(CultureInfo.InvariantCulture);

    // Looked at here: SQLite answers IS NOT NULL wrongly among the columns returned.
    private static (string Handler, InboxClaim Claim) Read(DbDataReader r, string me)
    {
        if (!r.IsDBNull(3))
        {
            return (r.GetString(0), new InboxClaim(InboxAnswer.Done));
        }

        return (r.GetString(0), r.TextOrNull(4) == me
            ? new InboxClaim(InboxAnswer.Claimed, r.GetInt32(1) - 1, r.GetInt32(2))
            : new InboxClaim(InboxAnswer.Elsewhere));
    }
}
