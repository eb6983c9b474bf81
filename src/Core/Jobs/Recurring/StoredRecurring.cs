using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Core.Store;

namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>Recurring work in the agent's store.</summary>
internal sealed class StoredRecurring(AgentDatabase database) : IRecurringStore
{
    /// <summary>Ended runs that are kept of each piece of work.</summary>
    public const int Kept = 100;

    private const string Columns =
        "seq, id, cause, slot, arguments, missed, state, attempt, fatal, node, decided_at, started_at, ended_at, message, details";

    public Task<(IReadOnlyList<RecurringRow> Rows, IReadOnlyList<RecurringRun> Open)> ReadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection =>
            {
                var rows = connection.Query(
                    "SELECT id, schedule, last_slot, next_slot, paused FROM recurring ORDER BY id",
                    r => new RecurringRow(r.GetString(0), r.GetString(1), r.TimeOrNull(2), r.TimeOrNull(3), r.GetInt32(4) != 0));
                var open = connection.Query($"SELECT {Columns} FROM recurring_runs WHERE state < 10 ORDER BY seq", Run);
                return ((IReadOnlyList<RecurringRow>)rows, (IReadOnlyList<RecurringRun>)open);
            },
            cancellationToken);

    public Task TrackAsync(string id, string schedule, DateTimeOffset? next, CancellationToken cancellationToken) =>
        database.RunAsync(
            "recurring.track",
            """
            INSERT INTO recurring(id, schedule, next_slot) VALUES(@id, @schedule, @next)
            ON CONFLICT(id) DO UPDATE SET schedule = excluded.schedule, next_slot = excluded.next_slot WHERE recurring.schedule <> excluded.schedule
            """,
            cancellationToken, ("@id", id), ("@schedule", schedule), ("@next", next?.ToUnixTimeMilliseconds()));

    public Task<bool> DecideAsync(SlotDecision decision, CancellationToken cancellationToken) =>
        database.WriteAloneAsync("recurring.slot", decision.Id, connection => Decide(connection, decision), cancellationToken);

    public Task<long> AskAsync(string id, DateTimeOffset now, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken) =>
        database.WriteAloneAsync("recurring.ask", id, connection => connection.Query(
            """
            INSERT INTO recurring_runs(id, cause, slot, arguments, state, decided_at)
            SELECT @id, 1, CASE WHEN last < @now THEN @now ELSE last + 1 END, @arguments, 0, @now
            FROM (SELECT coalesce(max(slot), 0) AS last FROM recurring_runs WHERE id = @id AND cause = 1) AS asked
            RETURNING seq
            """,
            r => r.GetInt64(0),
            ("@id", id), ("@now", now.ToUnixTimeMilliseconds()),
            ("@arguments", arguments.Count == 0 ? null : JsonSerializer.Serialize(arguments, RecurringJson.Default.IReadOnlyDictionaryStringString)))[0], cancellationToken);

    public Task<RecurringRun?> BeginAsync(RecurringRun run, Lease lease, string node, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync("recurring.begin", connection =>
        {
            StoredLeases.Demand(connection, lease);
            return connection.Query(
                $"""
                UPDATE recurring_runs SET state = 1, attempt = attempt + 1, fatal = fatal + 1, node = @node, started_at = coalesce(started_at, @now)
                WHERE seq = @seq AND state < 10 RETURNING {Columns}
                """,
                Run, ("@seq", run.Number), ("@node", node), ("@now", now.ToUnixTimeMilliseconds())).FirstOrDefault();
        }, cancellationToken);

    public Task EndAsync(RecurringRun run, Lease lease, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync("recurring.end", connection =>
        {
            StoredLeases.Demand(connection, lease);
            connection.Run(
                "UPDATE recurring_runs SET state = @state, ended_at = @now, message = @message, details = @details WHERE seq = @seq AND state < 10",
                ("@seq", run.Number), ("@state", (int)run.State), ("@now", now.ToUnixTimeMilliseconds()), ("@message", run.Message), ("@details", run.Details?.ToJsonString()));
            Prune(connection, run.Id);
        }, cancellationToken);

    public Task ReturnAsync(RecurringRun run, Lease lease, CancellationToken cancellationToken) =>
        database.WriteAsync("recurring.return", connection =>
        {
            StoredLeases.Demand(connection, lease);
            connection.Run("UPDATE recurring_runs SET state = 0, fatal = 0 WHERE seq = @seq AND state = 1", ("@seq", run.Number));
        }, cancellationToken);

    public Task PauseAsync(string id, bool paused, DateTimeOffset? next, CancellationToken cancellationToken) =>
        database.WriteAloneAsync("recurring.pause", id, connection => connection.Run(
            paused ? "UPDATE recurring SET paused = 1 WHERE id = @id" : "UPDATE recurring SET paused = 0, next_slot = @next WHERE id = @id",
            ("@id", id), ("@next", next?.ToUnixTimeMilliseconds())), cancellationToken);

    public Task<byte[]?> LoadStateAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.Query("SELECT state FROM recurring WHERE id = @id", r => r.IsDBNull(0) ? null : r.Bytes(0), ("@id", id)).FirstOrDefault(),
            cancellationToken);

    public Task SaveStateAsync(RecurringRun run, Lease lease, byte[] state, CancellationToken cancellationToken) =>
        database.WriteAsync("recurring.state", connection =>
        {
            StoredLeases.Demand(connection, lease);
            connection.Run("UPDATE recurring SET state = @state WHERE id = @id", ("@id", run.Id), ("@state", state));
            connection.Run("UPDATE recurring_runs SET fatal = 1 WHERE seq = @seq AND state = 1", ("@seq", run.Number));
        }, cancellationToken);

    public Task<IReadOnlyList<RecurringRun>> LatestAsync(string? id, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<RecurringRun>>(
            connection => id is null
                ? connection.Query($"SELECT {Columns} FROM recurring_runs ORDER BY seq DESC LIMIT @limit", Run, ("@limit", limit))
                : connection.Query($"SELECT {Columns} FROM recurring_runs WHERE id = @id ORDER BY seq DESC LIMIT @limit", Run, ("@id", id), ("@limit", limit)),
            cancellationToken);

    public Task<RecurringRun?> FindAsync(long number, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.Query($"SELECT {Columns} FROM recurring_runs WHERE seq = @seq", Run, ("@seq", number)).FirstOrDefault(), cancellationToken);

    private static bool Decide(DbConnection connection, SlotDecision d)
    {
        var taken = connection.Run(
            "UPDATE recurring SET last_slot = @slot, next_slot = @next WHERE id = @id AND next_slot = @expected AND (paused = 0 OR @ignores = 1)",
            ("@id", d.Id), ("@slot", d.Slot.ToUnixTimeMilliseconds()), ("@next", d.Next?.ToUnixTimeMilliseconds()),
            ("@expected", d.Expected.ToUnixTimeMilliseconds()), ("@ignores", d.IgnoresPause ? 1 : 0)) == 1;
        if (!taken)
        {
            return false;
        }

        var why = d is { Late: true, Misfire: RecurringMisfire.Skip } ? "It passed while no agent ran." : null;
        var isBusy = connection.Query("SELECT 1 FROM recurring_runs WHERE id = @id AND state < 10", r => r.GetInt32(0), ("@id", d.Id)).Count > 0;
        if (why is null && isBusy)
        {
            if (d.Overlap == RecurringOverlap.Skip)
            {
                why = "The run before still goes on.";
            }
            else
            {
                connection.Run(
                    "UPDATE recurring_runs SET state = 12, ended_at = @now, message = 'A later slot took its place.' WHERE id = @id AND state = 0 AND cause = 0 AND attempt = 0",
                    ("@id", d.Id), ("@now", d.Now.ToUnixTimeMilliseconds()));
            }
        }

        // A slot that ran already, before the clock was set back and the work resumed, has its row and gets no second one.
        connection.Run(
            """
            INSERT INTO recurring_runs(id, cause, slot, missed, state, decided_at, ended_at, message)
            VALUES(@id, 0, @slot, @missed, @state, @now, @ended, @why) ON CONFLICT(id, cause, slot) DO NOTHING
            """,
            ("@id", d.Id), ("@slot", d.Slot.ToUnixTimeMilliseconds()), ("@missed", d.Missed), ("@state", why is null ? 0 : 12),
            ("@now", d.Now.ToUnixTimeMilliseconds()), ("@ended", why is null ? null : d.Now.ToUnixTimeMilliseconds()), ("@why", why));
        if (why is not null)
        {
            Prune(connection, d.Id);
        }

        return true;
    }

    private static void Prune(DbConnection connection, string id) => connection.Run(
        """
        DELETE FROM recurring_runs WHERE id = @id AND state >= 10 AND seq <=
            (SELECT seq FROM recurring_runs WHERE id = @id AND state >= 10 ORDER BY seq DESC LIMIT 1 OFFSET @kept)
        """,
        ("@id", id), ("@kept", Kept));

    private static RecurringRun Run(DbDataReader r) => new()
    {
        Number = r.GetInt64(0), Id = r.GetString(1), Cause = (FireCause)r.GetInt32(2), Slot = r.Time(3),
        Arguments = r.TextOrNull(4) is { } arguments
            ? JsonSerializer.Deserialize(arguments, RecurringJson.Default.IReadOnlyDictionaryStringString)! : new Dictionary<string, string>(),
        Missed = r.GetInt64(5), State = (RecurringRunState)r.GetInt32(6), Attempt = r.GetInt32(7), Fatal = r.GetInt32(8), Node = r.TextOrNull(9),
        DecidedAt = r.Time(10), StartedAt = r.TimeOrNull(11), EndedAt = r.TimeOrNull(12), Message = r.TextOrNull(13),
        Details = r.TextOrNull(14) is { } details ? JsonNode.Parse(details) as JsonObject : null,
    };
}
