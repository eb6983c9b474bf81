using Flatfile.Agent.Core.Jobs;
using System.Data.Common;
using System.Globalization;

namespace Flatfile.Agent.Core.Store;

/// <summary>The tickets of the agent's store.</summary>
internal sealed class StoredTickets(AgentDatabase database, TimeProvider time) : ITicketStore
{
    /// <summary>Leases asked for in one question: a store that is slow to answer must not be asked for each run by itself.</summary>
    private const int RenewedTogether = 256;

    /// <summary>What a ticket becomes whose run is over without an end of its own.</summary>
    public const string GivenBack = "state = 0, owner = NULL, lease_until = NULL, not_before = NULL";

    private const string IsFirst = "NOT EXISTS(SELECT 1 FROM tickets e WHERE e.lane = tickets.lane AND e.seq < tickets.seq AND e.state < 10)";

    /// <summary>Times leave the database as distances from its own clock, so that an agent's wrong clock changes nothing.</summary>
    private string Columns { get; } =
        $"""
        id, event_id, handler_id, lane, job_id, event, trace_parent, state, attempt, failures, fatal, lease,
        not_before - {database.Now}, outcome, outcome_at - {database.Now}, reason, lease_until > {database.Now}
        """;

    private string Now => database.Now;

    /// <summary>A ticket that ended as a dead letter is kept as long as the letter waits: its replay goes on with it.</summary>
    private string IsPast =>
        $"""
        state >= 10 AND updated_at < {Now} - @age AND NOT (state = 14 AND EXISTS(
            SELECT 1 FROM dead_letters d WHERE d.event_id = tickets.event_id AND d.handler_id = tickets.handler_id AND d.replayed_at IS NULL AND d.dropped_at IS NULL))
        """;

    public Task<(string Id, bool IsFirst)> AddAsync(JobTicket ticket, CancellationToken cancellationToken) =>
        // Alone in its lane: a ticket is then numbered after all that others see, and exactly one is the first.
        database.WriteAloneAsync("ticket.add", ticket.Lane, connection =>
        {
            connection.Run(
                $"""
                INSERT INTO tickets(id, event_id, handler_id, lane, job_id, event, trace_parent, state, created_at, updated_at)
                VALUES(@id, @event, @handler, @lane, @job, @body, @trace, 0, {Now}, {Now})
                ON CONFLICT(event_id, handler_id) DO NOTHING
                """,
                ("@id", ticket.Id), ("@event", ticket.EventId), ("@handler", ticket.HandlerId), ("@lane", ticket.Lane),
                ("@job", ticket.JobId), ("@body", ticket.Event.ToArray()), ("@trace", ticket.TraceParent));
            return connection.Query(
                $"SELECT id, state = 0 AND {IsFirst} FROM tickets WHERE event_id = @event AND handler_id = @handler",
                r => (r.GetString(0), r.GetBoolean(1)), ("@event", ticket.EventId), ("@handler", ticket.HandlerId))[0];
        }, cancellationToken);

    public Task<TicketClaim> ClaimAsync(string id, string owner, TimeSpan length, CancellationToken cancellationToken) =>
        database.WriteAsync("ticket.claim", connection => Claim(connection, id, owner, length), cancellationToken);

    public async Task<bool> RenewAsync(string id, long lease, TimeSpan length, CancellationToken cancellationToken) =>
        await database.RunAsync(
            "ticket.renew", $"UPDATE tickets SET lease_until = {Now} + @length WHERE id = @id AND lease = @lease AND state = 1", cancellationToken,
            ("@id", id), ("@lease", lease), ("@length", Milliseconds(length))).ConfigureAwait(false) == 1;

    public async Task<bool> SaveOutcomeAsync(string id, long lease, string outcome, CancellationToken cancellationToken) =>
        await database.RunAsync(
            "ticket.outcome",
            $"UPDATE tickets SET outcome = @outcome, outcome_at = {Now}, fatal = 0, updated_at = {Now} WHERE id = @id AND lease = @lease AND state = 1", cancellationToken,
            ("@id", id), ("@lease", lease), ("@outcome", outcome)).ConfigureAwait(false) == 1;

    public Task<bool> ReturnAsync(string id, long lease, TimeSpan? delay, bool failed, string? reason, CancellationToken cancellationToken) =>
        database.WriteAsync("ticket.return", connection =>
        {
            var owned = connection.Run(
                $"""
                UPDATE tickets SET state = 0, fatal = 0, failures = failures + @failed, not_before = {Now} + @delay, owner = NULL, lease_until = NULL,
                    reason = coalesce(@reason, reason), updated_at = {Now}
                WHERE id = @id AND lease = @lease AND state = 1
                """,
                ("@id", id), ("@lease", lease), ("@failed", failed ? 1 : 0), ("@delay", delay is { } pause ? Milliseconds(pause) : null), ("@reason", reason)) == 1;
            return owned && EndRun(connection, id, failed ? "failed" : "returned", reason);
        }, cancellationToken);

    public Task<bool> ParkAsync(string id, long lease, TimeSpan delay, string reason, CancellationToken cancellationToken) =>
        database.WriteAsync("ticket.park", connection =>
        {
            var owned = connection.Run(
                $"""
                UPDATE tickets SET state = 0, attempt = attempt - 1, fatal = fatal - 1, not_before = {Now} + @delay, owner = NULL, lease_until = NULL,
                    reason = @reason, updated_at = {Now}
                WHERE id = @id AND lease = @lease AND state = 1
                """,
                ("@id", id), ("@lease", lease), ("@delay", Milliseconds(delay)), ("@reason", reason)) == 1;
            if (owned)
            {
                connection.Run("DELETE FROM runs WHERE ticket_id = @id AND ended_at IS NULL", ("@id", id));
            }

            return owned;
        }, cancellationToken);

    public async Task<IReadOnlyList<string>> WakeAsync(string jobId, CancellationToken cancellationToken) =>
        await database.RunAsync(
            "ticket.wake", "UPDATE tickets SET not_before = NULL WHERE job_id = @job AND state = 0 AND not_before IS NOT NULL RETURNING id",
            r => r.GetString(0), cancellationToken, ("@job", jobId)).ConfigureAwait(false);

    public async Task<IReadOnlySet<string>> OpenAsync(IReadOnlyCollection<string> jobIds, CancellationToken cancellationToken) =>
        await database.ReadAsync(connection => jobIds.Where(id => connection.Query(
            "SELECT 1 FROM tickets WHERE job_id = @job AND state < 10 LIMIT 1", _ => true, ("@job", id)).Count > 0).ToHashSet(StringComparer.Ordinal), cancellationToken).ConfigureAwait(false);

    public IReadOnlySet<string> RenewNow(IReadOnlyCollection<(string Id, long Lease)> runs, TimeSpan length) =>
        database.WriteNow("ticket.renew", connection => runs.Chunk(RenewedTogether).SelectMany(some => RenewNow(connection, some, length)).ToHashSet(StringComparer.Ordinal));

    public Task<bool> EndAsync(string id, long lease, TicketState state, string? reason, DeadLetter? letter, CancellationToken cancellationToken) =>
        database.WriteAsync("ticket.end", connection =>
        {
            var owned = connection.Run(
                $"""
                UPDATE tickets SET state = @state, reason = @reason, owner = NULL, lease_until = NULL, updated_at = {Now}
                WHERE id = @id AND lease = @lease AND state = 1
                """,
                ("@id", id), ("@lease", lease), ("@state", (int)state), ("@reason", reason)) == 1;
            if (!owned)
            {
                return false;
            }

            connection.Run("DELETE FROM checkpoints WHERE ticket_id = @id", ("@id", id));
            connection.Run("DELETE FROM job_notes WHERE ticket_id = @id", ("@id", id));
            if (letter is not null)
            {
                StoredDeadLetters.Add(connection, letter);
            }

            return EndRun(connection, id, state.ToString(), reason);
        }, cancellationToken);

    public Task<JobTicket?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.Query(
            $"SELECT {Columns} FROM tickets WHERE id = @id", Read, ("@id", id)).FirstOrDefault(), cancellationToken);

    public Task<JobTicket?> FirstOfLaneAsync(string lane, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.Query(
            $"SELECT {Columns} FROM tickets WHERE lane = @lane AND state < 10 ORDER BY seq LIMIT 1", Read, ("@lane", lane)).FirstOrDefault(), cancellationToken);

    public Task<int> RecoverAsync(TimeSpan overdue, CancellationToken cancellationToken) =>
        database.RunAsync(
            "ticket.recover",
            $"""
            UPDATE tickets SET {GivenBack}, updated_at = {Now}
            WHERE state = 1 AND (lease_until < {Now} - @overdue OR NOT EXISTS(SELECT 1 FROM nodes WHERE nodes.owner = tickets.owner))
            """,
            cancellationToken, ("@overdue", Milliseconds(overdue)));

    public Task<IReadOnlyList<JobTicket>> WaitingAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<JobTicket>>(connection => connection.Query(
            $"SELECT {Columns} FROM tickets WHERE state = 0 AND {IsFirst} ORDER BY seq", Read), cancellationToken);

    public Task<byte[]?> LoadCheckpointAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.Query(
            "SELECT state FROM checkpoints WHERE ticket_id = @id", r => r.Bytes(0), ("@id", id)).FirstOrDefault(), cancellationToken);

    public Task<bool> SaveCheckpointAsync(string id, long lease, byte[] state, CancellationToken cancellationToken) =>
        database.WriteAsync("ticket.checkpoint", connection =>
        {
            var owned = connection.Run(
                $"UPDATE tickets SET fatal = 1, updated_at = {Now} WHERE id = @id AND lease = @lease AND state = 1",
                ("@id", id), ("@lease", lease)) == 1;
            if (owned)
            {
                connection.Run(
                    $"""
                    INSERT INTO checkpoints(ticket_id, state, saved_at) VALUES(@id, @state, {Now})
                    ON CONFLICT(ticket_id) DO UPDATE SET state = excluded.state, saved_at = excluded.saved_at
                    """,
                    ("@id", id), ("@state", state));
            }

            return owned;
        }, cancellationToken);

    public Task<int> PruneAsync(TimeSpan age, CancellationToken cancellationToken) =>
        database.WriteAsync("ticket.prune", connection =>
        {
            connection.Run($"DELETE FROM runs WHERE ticket_id IN (SELECT id FROM tickets WHERE {IsPast})", ("@age", Milliseconds(age)));
            return connection.Run($"DELETE FROM tickets WHERE {IsPast}", ("@age", Milliseconds(age)));
        }, cancellationToken);

    private List<string> RenewNow(DbConnection connection, (string Id, long Lease)[] runs, TimeSpan length)
    {
        var parameters = new List<(string, object?)> { ("@length", Milliseconds(length)) };
        var rows = new List<string>();
        for (var i = 0; i < runs.Length; i++)
        {
            var (id, lease) = (string.Create(CultureInfo.InvariantCulture, $"@id{i}"), string.Create(CultureInfo.InvariantCulture, $"@lease{i}"));
            parameters.Add((id, runs[i].Id));
            parameters.Add((lease, runs[i].Lease));
            rows.Add($"({id}, {lease})");
        }

        return connection.Query(
            $"UPDATE tickets SET lease_until = {Now} + @length WHERE state = 1 AND (id, lease) IN (VALUES {string.Join(", ", rows)}) RETURNING id",
            r => r.GetString(0), [.. parameters]);
    }

    private TicketClaim Claim(DbConnection connection, string id, string owner, TimeSpan length)
    {
        while (true)
        {
            var found = connection.Query(
                $"SELECT {Columns}, {IsFirst} FROM tickets WHERE id = @id",
                r => (Ticket: Read(r), Lives: !r.IsDBNull(16) && r.GetBoolean(16), Early: r.NumberOrNull(12) > 0, First: r.GetBoolean(17)), ("@id", id));
            if (found.Count == 0)
            {
                return new TicketClaim(ClaimAnswer.Missing, null);
            }

            var (ticket, lives, early, first) = found[0];
            var answer = ticket.State switch
            {
                >= TicketState.Completed => ClaimAnswer.Ended,
                TicketState.Running when lives => ClaimAnswer.Running,
                _ when !first => ClaimAnswer.NotFirst,
                _ when early => ClaimAnswer.Early,
                _ => ClaimAnswer.Claimed,
            };
            if (answer != ClaimAnswer.Claimed)
            {
                return new TicketClaim(answer, ticket);
            }

            if (Take(connection, ticket, owner, length) is { } claimed)
            {
                return new TicketClaim(ClaimAnswer.Claimed, claimed);
            }
        }
    }

    /// <summary>Null when another agent was faster: the ticket is not any more as it was read.</summary>
    private JobTicket? Take(DbConnection connection, JobTicket ticket, string owner, TimeSpan length)
    {
        var taken = connection.Query(
            $"""
            UPDATE tickets SET state = 1, attempt = attempt + 1, fatal = fatal + 1, lease = lease + 1, owner = @owner,
                fence = CASE WHEN fence < {Now} THEN {Now} ELSE fence + 1 END,
                lease_until = {Now} + @length, not_before = NULL, updated_at = {Now} WHERE id = @id AND lease = @lease AND state = @state
            RETURNING fence
            """,
            r => r.GetInt64(0),
            ("@id", ticket.Id), ("@owner", owner), ("@length", Milliseconds(length)), ("@lease", ticket.Lease), ("@state", (int)ticket.State));
        if (taken.Count == 0)
        {
            return null;
        }

        var claimed = ticket with { State = TicketState.Running, Attempt = ticket.Attempt + 1, Fatal = ticket.Fatal + 1, Lease = ticket.Lease + 1, Fence = taken[0], NotBefore = null };
        connection.Run($"INSERT INTO runs(ticket_id, attempt, started_at) VALUES(@id, @attempt, {Now})", ("@id", ticket.Id), ("@attempt", claimed.Attempt));
        return claimed;
    }

    private static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;

    private bool EndRun(DbConnection connection, string id, string result, string? reason)
    {
        connection.Run(
            $"UPDATE runs SET ended_at = {Now}, result = @result, reason = @reason WHERE ticket_id = @id AND ended_at IS NULL",
            ("@id", id), ("@result", result), ("@reason", reason));
        return true;
    }

    private JobTicket Read(DbDataReader r) => new()
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
        NotBefore = r.NumberOrNull(12) is { } wait ? time.GetUtcNow().AddMilliseconds(wait) : null,
        Outcome = r.TextOrNull(13),
        OutcomeAt = r.NumberOrNull(14) is { } since ? time.GetUtcNow().AddMilliseconds(since) : null,
        Reason = r.TextOrNull(15),
    };
}
