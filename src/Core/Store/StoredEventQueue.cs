using System.Collections.Concurrent;
using System.Data.Common;

namespace Flatfile.Agent.Core.Store;

/// <summary>The queues of the agent's store.</summary>
internal sealed class StoredEventQueue(AgentDatabase database) : IEventQueue
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _additions = new(StringComparer.Ordinal);

    public async Task<QueueAnswer> AppendAsync(string queue, QueueEntry entry, CancellationToken cancellationToken)
    {
        var answer = await database.WriteAsync("queue.append", connection => Append(connection, queue, entry), cancellationToken).ConfigureAwait(false);
        if (answer.Size.Events > 0 && _additions.TryRemove(queue, out var waiting))
        {
            waiting.SetResult();
        }

        return answer;
    }

    public Task<IReadOnlyList<QueuedEvent>> ReadAsync(
        string queue, IReadOnlySet<long> except, int limit, long maxBytes, CancellationToken cancellationToken)
    {
        // Copied: the caller's set changes while the read waits.
        var known = except.ToHashSet();
        return database.ReadAsync<IReadOnlyList<QueuedEvent>>(connection => Read(connection, queue, known, limit, maxBytes), cancellationToken);
    }

    public Task RemoveAsync(string queue, IReadOnlyCollection<long> positions, Lease? under, CancellationToken cancellationToken) =>
        database.WriteAsync("queue.remove", connection =>
        {
            if (under is not null)
            {
                StoredLeases.Demand(connection, under);
            }

            using var command = connection.Prepare("DELETE FROM queued WHERE seq = @seq AND queue = @queue", ("@seq", 0L), ("@queue", queue));
            foreach (var position in positions)
            {
                command.Parameters[0].Value = position;
                command.ExecuteNonQuery();
            }
        }, cancellationToken);

    public Task<QueueSize> MeasureAsync(string queue, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.Query(
            "SELECT count(*), coalesce(sum(length(body)), 0) FROM queued WHERE queue = @queue",
            r => new QueueSize(r.GetInt64(0), Convert.ToInt64(r.GetValue(1), System.Globalization.CultureInfo.InvariantCulture)), ("@queue", queue))[0], cancellationToken);

    public Task<int> PruneEntriesAsync(string queue, TimeSpan age, CancellationToken cancellationToken) =>
        database.RunAsync(
            "queue.prune", $"DELETE FROM queued WHERE queue = @queue AND at < {database.Now} - @age", cancellationToken,
            ("@queue", Entries(queue)), ("@age", (long)age.TotalMilliseconds));

    public Task NextAddition(string queue) =>
        _additions.GetOrAdd(queue, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>The names of entries are a queue of their own that nobody reads.</summary>
    private static string Entries(string queue) => queue + "/entries";

    private QueueAnswer Append(DbConnection connection, string queue, QueueEntry entry)
    {
        if (entry.Under is { } lease)
        {
            StoredLeases.Demand(connection, lease);
        }

        if (entry.EntryId is { } id && !Insert(connection, Entries(queue), new QueuedEvent(0, id, string.Empty, string.Empty, default, null)))
        {
            return new QueueAnswer(default, IsRepeated: true);
        }

        var size = default(QueueSize);
        foreach (var next in entry.Events)
        {
            if (Insert(connection, queue, next))
            {
                size += new QueueSize(1, next.Body.Length);
            }
        }

        foreach (var letter in entry.DeadLetters)
        {
            StoredDeadLetters.Add(connection, letter);
        }

        return new QueueAnswer(size, IsRepeated: false);
    }

    private bool Insert(DbConnection connection, string queue, QueuedEvent next) => connection.Run(
        $"""
        INSERT INTO queued(queue, event_id, topic, ordering_key, body, trace_parent, at) VALUES(@queue, @event, @topic, @key, @body, @trace, {database.Now})
        ON CONFLICT(queue, event_id) DO NOTHING
        """,
        ("@queue", queue), ("@event", next.Id), ("@topic", next.Topic), ("@key", next.OrderingKey), ("@body", next.Body.ToArray()),
        ("@trace", next.TraceParent)) == 1;

    /// <summary>Sizes first, so that large bodies are read only when they fit.</summary>
    private static List<QueuedEvent> Read(DbConnection connection, string queue, HashSet<long> except, int limit, long maxBytes)
    {
        var sizes = connection.Query(
            "SELECT seq, length(body) FROM queued WHERE queue = @queue ORDER BY seq LIMIT @limit",
            r => (Position: r.GetInt64(0), Bytes: Convert.ToInt64(r.GetValue(1), System.Globalization.CultureInfo.InvariantCulture)),
            ("@queue", queue), ("@limit", limit + except.Count));
        var chosen = new List<QueuedEvent>();
        var bytes = 0L;
        using var command = connection.Prepare(
            "SELECT seq, event_id, topic, ordering_key, body, trace_parent FROM queued WHERE seq = @seq", ("@seq", 0L));
        foreach (var (position, length) in sizes.Where(s => !except.Contains(s.Position)).Take(limit))
        {
            bytes += length;
            if (chosen.Count > 0 && bytes > maxBytes)
            {
                break;
            }

            command.Parameters[0].Value = position;
            using var reader = command.ExecuteReader();
            if (reader.Read())
            {
                chosen.Add(new QueuedEvent(
                    reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.Bytes(4), reader.TextOrNull(5)));
            }
        }

        return chosen;
    }
}
