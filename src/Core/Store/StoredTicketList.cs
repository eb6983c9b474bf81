using System.Data.Common;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Desk;

namespace Flatfile.Agent.Core.Store;

/// <summary>The tickets of the agent's store, for people. Every list goes along an index of its own.</summary>
internal sealed class StoredTicketList(AgentDatabase database, TimeProvider time) : ITicketList
{
    // Literals, so that the partial indexes of the same conditions are used.
    private const string IsRunning = "state = 1";
    private const string IsWaiting = "state = 0";
    private const string IsFailed = "state IN (11, 14)";

    /// <summary>Times leave the database as distances from its own clock.</summary>
    private string Columns { get; } =
        $"""
        seq, id, job_id, handler_id, event_id, event, state, attempt, {database.Now} - created_at, {database.Now} - updated_at, not_before - {database.Now},
        (SELECT {database.Now} - r.started_at FROM runs r WHERE r.ticket_id = tickets.id AND r.attempt = tickets.attempt AND r.ended_at IS NULL),
        (SELECT n.name FROM nodes n WHERE n.owner = tickets.owner), owner, reason,
        EXISTS(SELECT 1 FROM tickets later WHERE later.job_id = tickets.job_id AND later.seq > tickets.seq)
        """;

    public Task<TicketPage> ListAsync(TicketShelf shelf, long? behind, int limit, CancellationToken cancellationToken)
    {
        var newestFirst = shelf == TicketShelf.Failed;
        var (condition, order) = newestFirst ? ("seq < @behind", "DESC") : ("seq > @behind", "ASC");
        var from = behind ?? (newestFirst ? long.MaxValue : 0);
        return database.ReadAsync(connection =>
        {
            var found = connection.Query(
                $"SELECT {Columns} FROM tickets WHERE {On(shelf)} AND {condition} ORDER BY seq {order} LIMIT @limit", Read, ("@behind", from), ("@limit", limit + 1));
            var page = found.Count > limit ? found[..limit] : found;
            return new TicketPage(page, found.Count > limit ? page[^1].Number : null);
        }, cancellationToken);
    }

    public Task<TicketCounts> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.Query(
                $"""
                SELECT (SELECT count(*) FROM tickets WHERE {IsRunning}), (SELECT count(*) FROM tickets WHERE {IsWaiting}), (SELECT count(*) FROM tickets WHERE {IsFailed}),
                    (SELECT {database.Now} - created_at FROM tickets WHERE {IsWaiting} ORDER BY seq LIMIT 1)
                """,
                r => new TicketCounts(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), TimeSpan.FromMilliseconds(Math.Max(0, r.NumberOrNull(3) ?? 0))))[0],
            cancellationToken);

    public async Task<bool> HastenAsync(string id, CancellationToken cancellationToken) =>
        await database.RunAsync(
            "ticket.hasten", $"UPDATE tickets SET not_before = NULL, updated_at = {database.Now} WHERE id = @id AND {IsWaiting}", cancellationToken, ("@id", id)).ConfigureAwait(false) == 1;

    private static string On(TicketShelf shelf) => shelf switch
    {
        TicketShelf.Running => IsRunning,
        TicketShelf.Waiting => IsWaiting,
        _ => IsFailed,
    };

    private TicketSummary Read(DbDataReader r)
    {
        var @event = ReadEvent(r.Bytes(5));
        return new TicketSummary
        {
            Number = r.GetInt64(0),
            Id = r.GetString(1),
            JobId = r.GetString(2),
            HandlerId = r.GetString(3),
            EventId = r.GetString(4),
            Topic = @event?.Topic,
            SpaceId = @event?.Context.SpaceId,
            State = (TicketState)r.GetInt32(6),
            Attempt = r.GetInt32(7),
            CreatedAt = Ago(r.GetInt64(8)),
            ChangedAt = Ago(r.GetInt64(9)),
            NotBefore = r.NumberOrNull(10) is > 0 and var wait ? Ago(-wait) : null,
            StartedAt = r.NumberOrNull(11) is { } since ? Ago(since) : null,
            Node = r.TextOrNull(12) ?? r.TextOrNull(13),
            Reason = r.TextOrNull(14),
            IsRetried = r.GetBoolean(15),
        };
    }

    private DateTimeOffset Ago(long milliseconds) => time.GetUtcNow().AddMilliseconds(-milliseconds);

    private static FlatfileEvent? ReadEvent(byte[] body)
    {
        try
        {
            return FlatfileEvent.Parse(body);
        }
        catch (UnreadableEventException)
        {
            return null;
        }
    }
}
