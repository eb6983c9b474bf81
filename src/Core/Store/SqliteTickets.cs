using Flatfile.Agent.Core.Jobs;
using Microsoft.Data.Sqlite;

namespace Flatfile.Agent.Core.Store;

/// <summary>The tickets in <c>agent.db</c>.</summary>
internal sealed class SqliteTickets(AgentDatabase database, TimeProvider time) : ITicketStore
{
    private const string Columns =
        "id, event_id, handler_id, lane, job_id, event, trace_parent, state, attempt, failures, fatal, lease, not_before, outcome, outcome_at, reason, lease_until, seq";

    private const string IsFirst = "NOT EXISTS(SELECT 1 FROM tickets e WHERE e.lane = tickets.lane AND e.seq < tickets.seq AND e.state < 10)";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public Task<(string Id, bool IsFirst)> AddAsync(JobTicket ticket, CancellationToken cancellationToken) =>
        database.WriteAsync("ticket.add", connection =>
        {
            connection.Run(
                """
                INSERT INTO tickets(id, event_id, handler_id, lane, job_id, event, trace_parent, state, created_at, updated_at)
                VALUES($id, $event, $handler, $lane, $job, $body, $trace, 0, $now, $now)
                ON CONFLICT(event_id, handler_id) DO NOTHING
                """,
                ("$id", ticket.Id), ("$event", ticket.EventId), ("$handler", ticket.HandlerId), ("$lane", ticket.Lane),
                ("$job", ticket.JobId), ("$body", ticket.Event.ToArray()), ("$trace", ticket.TraceParent), ("$now", Now));
            return connection.Query(
                $"SELECT id, state = 0 AND {IsFirst} FROM tickets WHERE event_id = $event AND handler_id = $handler",
                r => (r.GetString(0), r.GetBoolean(1)), ("$event", ticket.EventId), ("$handler", ticket.HandlerId))[0];
        }, cancellationToken);

    public Task<TicketClaim> ClaimAsync(string id, string owner, DateTimeOffset leaseUntil, CancellationToken cancellationToken) =>
        database.WriteAsync("ticket.claim", connection => Claim(connection, id, owner, leaseUntil), cancellationToken);

    public Task<bool> RenewAsync(string id, long lease, DateTimeOffset leaseUntil, CancellationToken cancellationToken) =>
        Owned("ticket.renew", id, lease, "UPDATE tickets SET lease_until = $until WHERE id = $id AND lease = $lease AND state = 1",
            cancellationToken, ("$until", leaseUntil.ToUnixTimeMilliseconds()));

    public Task<bool> SaveOutcomeAsync(string id, long lease, string outcome, CancellationToken cancellationToken) =>
        Owned("ticket.outcome", id, lease,
            "UPDATE tickets SET outcome = $outcome, outcome_at = $now, fatal = 0, updated_at = $now WHERE id = $id AND lease = $lease AND state = 1",
            cancellationToken, ("$outcome", outcome));

    public Task<bool> ReturnAsync(string id, long lease, DateTimeOffset? notBefore, bool failed, string? reason, CancellationToken cancellationToken) =>
        database.WriteAsync("ticket.return", connection =>
        {
            var owned = connection.Run(
                """
                UPDATE tickets SET state = 0, fatal = 0, failures = failures + $failed, not_before = $due, owner = NULL, lease_until = NULL,
                    reason = coalesce($reason, reason), updated_at = $now
                WHERE id = $id AND lease = $lease AND state = 1
                """,
                ("$id", id), ("$lease", lease), ("$failed", failed ? 1 : 0), ("$due", notBefore?.ToUnixTimeMilliseconds()), ("$reason", reason), ("$now", Now)) == 1;
            return owned && EndRun(connection, id, failed ? "failed" : "returned", reason);
        }, cancellationToken);

    public Task<bool> EndAsync(string id, long lease, TicketState state, string? reason, DeadLetter? letter, CancellationToken cancellationToken) =>
        database.WriteAsync("ticket.end", connection =>
        {
            var owned = connection.Run(
                """
                UPDATE tickets SET state = $state, reason = $reason, owner = NULL, lease_until = NULL, updated_at = $now
                WHERE id = $id AND lease = $lease AND state = 1
                """,
                ("$id", id), ("$lease", lease), ("$state", (int)state), ("$reason", reason), ("$now", Now)) == 1;
            if (!owned)
            {
                return false;
            }

            connection.Run("DELETE FROM checkpoints WHERE ticket_id = $id", ("$id", id));
            if (letter is not null)
            {
                SqliteDeadLetters.Add(connection, letter);
            }

            return EndRun(connection, id, state.ToString(), reason);
        }, cancellationToken);

    public Task<JobTicket?> FirstOfLaneAsync(string lane, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.Query(
            $"SELECT {Columns} FROM tickets WHERE lane = $lane AND state < 10 ORDER BY seq LIMIT 1", Read, ("$lane", lane)).FirstOrDefault(), cancellationToken);

    public Task<int> RecoverAsync(string owner, DateTimeOffset expiredAt, bool othersAreDead, CancellationToken cancellationToken) =>
        database.WriteAsync("ticket.recover", connection => connection.Run(
            """
            UPDATE tickets SET state = 0, owner = NULL, lease_until = NULL, not_before = NULL, updated_at = $now
            WHERE state = 1 AND (($dead AND owner IS NOT $owner) OR lease_until < $expired)
            """,
            ("$owner", owner), ("$expired", expiredAt.ToUnixTimeMilliseconds()), ("$now", Now), ("$dead", othersAreDead)), cancellationToken);

    public Task<IReadOnlyList<JobTicket>> WaitingAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<JobTicket>>(connection => connection.Query(
            $"SELECT {Columns} FROM tickets WHERE state = 0 AND {IsFirst} ORDER BY seq", Read), cancellationToken);

    public Task<byte[]?> LoadCheckpointAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.Query(
            "SELECT state FROM checkpoints WHERE ticket_id = $id", r => r.Bytes(0), ("$id", id)).FirstOrDefault(), cancellationToken);

    public Task<bool> SaveCheckpointAsync(string id, long lease, byte[] state, CancellationToken cancellationToken) =>
        database.WriteAsync("ticket.checkpoint", connection =>
        {
            var owned = connection.Run(
                "UPDATE tickets SET fatal = 1, updated_at = $now WHERE id = $id AND lease = $lease AND state = 1",
                ("$id", id), ("$lease", lease), ("$now", Now)) == 1;
            if (owned)
            {
                connection.Run(
                    """
                    INSERT INTO checkpoints(ticket_id, state, saved_at) VALUES($id, $state, $now)
                    ON CONFLICT(ticket_id) DO UPDATE SET state = excluded.state, saved_at = excluded.saved_at
                    """,
                    ("$id", id), ("$state", state), ("$now", Now));
            }

            return owned;
        }, cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        database.WriteAsync("ticket.prune", connection =>
        {
            var limit = before.ToUnixTimeMilliseconds();
            connection.Run("DELETE FROM runs WHERE ticket_id IN (SELECT id FROM tickets WHERE state >= 10 AND updated_at < $before)", ("$before", limit));
            return connection.Run("DELETE FROM tickets WHERE state >= 10 AND updated_at < $before", ("$before", limit));
        }, cancellationToken);

    private TicketClaim Claim(SqliteConnection connection, string id, string owner, DateTimeOffset leaseUntil)
    {
        var now = Now;
        var found = connection.Query(
            $"SELECT {Columns}, {IsFirst} FROM tickets WHERE id = $id",
            r => (Ticket: Read(r), LeaseUntil: r.NumberOrNull(16), First: r.GetBoolean(18)), ("$id", id));
        if (found.Count == 0)
        {
            return new TicketClaim(ClaimAnswer.Missing, null);
        }

        var (ticket, until, first) = found[0];
        var refused = ticket.State switch
        {
            >= TicketState.Completed => ClaimAnswer.Ended,
            TicketState.Running when until > now => ClaimAnswer.Running,
            _ when !first => ClaimAnswer.NotFirst,
            _ when ticket.NotBefore?.ToUnixTimeMilliseconds() > now => ClaimAnswer.Early,
            _ => ClaimAnswer.Claimed,
        };
        if (refused != ClaimAnswer.Claimed)
        {
            return new TicketClaim(refused, ticket);
        }

        connection.Run(
            """
            UPDATE tickets SET state = 1, attempt = attempt + 1, fatal = fatal + 1, lease = lease + 1, owner = $owner,
                lease_until = $until, not_before = NULL, updated_at = $now WHERE id = $id
            """,
            ("$id", id), ("$owner", owner), ("$until", leaseUntil.ToUnixTimeMilliseconds()), ("$now", now));
        var claimed = ticket with { State = TicketState.Running, Attempt = ticket.Attempt + 1, Fatal = ticket.Fatal + 1, Lease = ticket.Lease + 1, NotBefore = null };
        connection.Run(
            "INSERT INTO runs(ticket_id, attempt, started_at) VALUES($id, $attempt, $now)", ("$id", id), ("$attempt", claimed.Attempt), ("$now", now));
        return new TicketClaim(ClaimAnswer.Claimed, claimed);
    }

    private Task<bool> Owned(string name, string id, long lease, string sql, CancellationToken cancellationToken, (string, object?) parameter) =>
        database.WriteAsync(name, connection =>
        {
            using var command = connection.Prepare(sql, ("$id", id), ("$lease", lease), parameter);
            if (sql.Contains("$now", StringComparison.Ordinal))
            {
                command.Parameters.AddWithValue("$now", Now);
            }

            return command.ExecuteNonQuery() == 1;
        }, cancellationToken);

    private bool EndRun(SqliteConnection connection, string id, string result, string? reason)
    {
        connection.Run(
            "UPDATE runs SET ended_at = $now, result = $result, reason = $reason WHERE ticket_id = $id AND ended_at IS NULL",
            ("$id", id), ("$now", Now), ("$result", result), ("$reason", reason));
        return true;
    }

    private static JobTicket Read(SqliteDataReader r) => new()
    {
        Id = r.GetString(0),
        EventId = r.GetString(1),
        HandlerId = r.GetString(2),
        Lane = r.GetString(3),
        JobId = r.GetString(4),
        Event = r.Bytes(5),
        TraceParent = r.TextOrNull(6),
        State = (TicketState)r.GetInt32(7),
        Attempt = r.GetInt32(8),
        Failures = r.GetInt32(9),
        Fatal = r.GetInt32(10),
        Lease = r.GetInt64(11),
        NotBefore = r.NumberOrNull(12) is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null,
        Outcome = r.TextOrNull(13),
        OutcomeAt = r.NumberOrNull(14) is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
        Reason = r.TextOrNull(15),
    };
}
