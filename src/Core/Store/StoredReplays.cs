using System.Data.Common;
using Flatfile.Agent.Core.Jobs;

namespace Flatfile.Agent.Core.Store;

/// <summary>The replays of the agent's store.</summary>
internal sealed class StoredReplays(AgentDatabase database, TimeProvider time) : IReplays
{
    private const string Waits = "replayed_at IS NULL AND dropped_at IS NULL";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public Task<IReadOnlyList<long>> AskAsync(IReadOnlyCollection<long> ids, ReadOnlyMemory<byte>? edited, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<long>>("dead.ask", connection =>
        {
            var asked = new List<long>();
            foreach (var id in ids)
            {
                var pair = connection.Query(
                    $"""
                    UPDATE dead_letters SET replay_asked_at = @now, edited = @edited, note = NULL
                    WHERE id = @id AND replay_asked_at IS NULL AND {Waits} RETURNING event_id, handler_id
                    """,
                    r => (Event: r.TextOrNull(0), Handler: r.TextOrNull(1)), ("@id", id), ("@now", Now), ("@edited", edited?.ToArray()));
                if (pair.Count == 0)
                {
                    continue;
                }

                asked.Add(id);
                if (pair[0] is { Event: { } @event, Handler: { } handler })
                {
                    // Here and not when the replay begins: a replay repeated after a crash must find what its first beginning did.
                    database.SettleInbox(connection, @event);
                    connection.Run("DELETE FROM inbox WHERE event_id = @event AND handler_id = @handler", ("@event", @event), ("@handler", handler));
                }
            }

            return asked;
        }, cancellationToken);

    public Task<IReadOnlyList<(long Id, string? SpaceId)>> NextAsync(int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<(long, string?)>>(connection => connection.Query(
            $"SELECT id, space_id FROM dead_letters WHERE replay_asked_at IS NOT NULL AND {Waits} ORDER BY replay_asked_at, id LIMIT @limit",
            r => (r.GetInt64(0), r.TextOrNull(1)), ("@limit", limit)), cancellationToken);

    public Task<bool> HasUntoldEndAsync(string? eventId, string? handlerId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.Query(
            "SELECT 1 FROM tickets WHERE event_id = @event AND handler_id = @handler AND state = @dead AND outcome IS NOT NULL",
            _ => true, ("@event", eventId), ("@handler", handlerId), ("@dead", (int)TicketState.Dead)).Count > 0, cancellationToken);

    public Task<string?> RequeueAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        database.WriteAsync("dead.requeue", connection =>
        {
            var ticket = FindTicket(connection, letter);
            if (ticket is null || !MarkReplayed(connection, letter.Id))
            {
                return null;
            }

            if (ticket.State < TicketState.Completed)
            {
                return ticket.Lane;
            }

            var again = letter.Edited is { } edited ? Changed(ticket, edited) : ticket;
            Replace(connection, again, keepsEnd: letter.Edited is null && ticket.State == TicketState.Dead);
            return again.Lane;
        }, cancellationToken);

    public Task<bool> FinishAsync(DeadLetter letter, bool settled, string whyNot, CancellationToken cancellationToken) =>
        database.WriteAsync("dead.replayed", connection =>
        {
            if (IsHandled(connection, letter, settled))
            {
                MarkReplayed(connection, letter.Id);
                return true;
            }

            connection.Run(
                $"UPDATE dead_letters SET replay_asked_at = NULL, note = @why WHERE id = @id AND {Waits}", ("@id", letter.Id), ("@why", whyNot));
            StoredDeadLetters.MarkDone(connection, letter.EventId, letter.HandlerId, Now);
            return false;
        }, cancellationToken);

    private static JobTicket? FindTicket(DbConnection connection, DeadLetter letter) => connection.Query(
        """
        SELECT id, lane, job_id, event, trace_parent, state, attempt, lease, outcome FROM tickets
        WHERE event_id = @event AND handler_id = @handler
        """,
        r => new JobTicket
        {
            Id = r.GetString(0),
            EventId = letter.EventId!,
            HandlerId = letter.HandlerId!,
            Lane = r.GetString(1),
            JobId = r.GetString(2),
            Event = r.Bytes(3),
            TraceParent = r.TextOrNull(4),
            State = (TicketState)r.GetInt32(5),
            Attempt = r.GetInt32(6),
            Lease = r.GetInt64(7),
            Outcome = r.TextOrNull(8),
        },
        ("@event", letter.EventId), ("@handler", letter.HandlerId)).FirstOrDefault();

    /// <summary>
    /// A row anew under the same id: only a new number puts it behind what waits or runs in its lane now. Attempt and lease go on, so that
    /// runs keep their numbers and an old run stays shut out.
    /// </summary>
    private void Replace(DbConnection connection, JobTicket ticket, bool keepsEnd)
    {
        connection.Run("DELETE FROM tickets WHERE id = @id", ("@id", ticket.Id));
        connection.Run(
            """
            INSERT INTO tickets(id, event_id, handler_id, lane, job_id, event, trace_parent, state, attempt, lease, outcome, outcome_at, created_at, updated_at)
            VALUES(@id, @event, @handler, @lane, @job, @body, @trace, 0, @attempt, @lease, @outcome, @at, @now, @now)
            """,
            ("@id", ticket.Id), ("@event", ticket.EventId), ("@handler", ticket.HandlerId), ("@lane", ticket.Lane), ("@job", ticket.JobId),
            ("@body", ticket.Event.ToArray()), ("@trace", ticket.TraceParent), ("@attempt", ticket.Attempt), ("@lease", ticket.Lease),
            ("@outcome", keepsEnd ? ticket.Outcome : null), ("@at", keepsEnd && ticket.Outcome is not null ? Now : null), ("@now", Now));
    }

    private static JobTicket Changed(JobTicket ticket, ReadOnlyMemory<byte> edited)
    {
        var @event = FlatfileEvent.Parse(edited);
        return ticket with { Event = edited, Lane = @event.OrderingKey, JobId = @event.Context.JobId ?? ticket.JobId };
    }

    private bool MarkReplayed(DbConnection connection, long id) =>
        connection.Run("UPDATE dead_letters SET replayed_at = @now WHERE id = @id AND replayed_at IS NULL", ("@id", id), ("@now", Now)) == 1;

    /// <summary>A letter without a handler went the whole way; of one with a handler the inbox or a ticket knows.</summary>
    private bool IsHandled(DbConnection connection, DeadLetter letter, bool settled)
    {
        if (letter.HandlerId is null || letter.EventId is null)
        {
            return settled;
        }

        database.SettleInbox(connection, letter.EventId);
        var inbox = connection.Query(
            "SELECT 1 FROM inbox WHERE event_id = @event AND handler_id = @handler AND done_at IS NOT NULL",
            _ => true, ("@event", letter.EventId), ("@handler", letter.HandlerId));
        return inbox.Count > 0 || (settled && connection.Query(
            "SELECT 1 FROM tickets WHERE event_id = @event AND handler_id = @handler AND state <> @dead",
            _ => true, ("@event", letter.EventId), ("@handler", letter.HandlerId), ("@dead", (int)TicketState.Dead)).Count > 0);
    }
}
