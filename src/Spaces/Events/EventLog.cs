using System.Collections.Concurrent;
using Flatfile.Spaces.Storage;
using Flatfile.Sqlite;

namespace Flatfile.Spaces.Events;

/// <summary>The central log as readers in this process see it: a growing position, a floor below which events were removed, and a signal.</summary>
internal sealed class EventLog : ISpacesEventLog
{
    /// <summary>How much one reader holds, however far it is behind.</summary>
    private const int WindowEvents = 200;

    private const int WindowBytes = 1024 * 1024;

    /// <summary>How far one look goes that finds little.</summary>
    private const int WindowPositions = 20_000;

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, long> _kept = new();
    private SqliteFile? _file;
    private TaskCompletionSource _grown = NewSignal();
    private long _position;
    private long _floor;

    /// <inheritdoc />
    public long Position => Volatile.Read(ref _position);

    /// <summary>Events up to here were removed.</summary>
    public long Floor => Volatile.Read(ref _floor);

    /// <summary>The position below which no reader in this process needs anything any more.</summary>
    public long Needed => _kept.IsEmpty ? long.MaxValue : _kept.Values.Min();

    /// <summary>Begins where the file ends.</summary>
    public void Open(SqliteFile file, long position, long floor)
    {
        _file = file;
        Raise(floor);
        Advance(position);
    }

    /// <inheritdoc />
    public void KeepAfter(string reader, long position) => _kept[reader] = position;

    /// <inheritdoc />
    public Task<IReadOnlyList<SpacesEvent>> ReadAfterAsync(long position, int limit, CancellationToken cancellationToken) =>
        File.ReadAsync<IReadOnlyList<SpacesEvent>>(
            connection => connection.Rows(
                "SELECT position, body FROM events WHERE position > $position ORDER BY position LIMIT $limit",
                row => new SpacesEvent(row.GetInt64(0), (byte[])row[1]),
                ("$position", position), ("$limit", limit)),
            cancellationToken);

    /// <summary>The next events of a channel; the window is small, so that a slow reader costs no memory.</summary>
    public Task<EventWindow> ReadAsync(EventChannel channel, long after, CancellationToken cancellationToken)
    {
        var end = Math.Min(Position, after + WindowPositions);
        if (end <= after)
        {
            return Task.FromResult(new EventWindow([], after));
        }

        var topics = channel.Topics.Select((topic, i) => (Name: $"$topic{i}", Value: (object?)topic)).ToArray();
        var topic = topics.Length == 0 ? "" : $" AND topic IN ({string.Join(", ", topics.Select(one => one.Name))})";
        var own = channel.Own is null ? null : $"[{string.Join(',', channel.Own)}]";
        var sql = $"""
            SELECT position, body FROM events WHERE position > $after AND position <= $end AND ($environment IS NULL OR environment = $environment)
                AND ($own IS NULL OR space IN (SELECT value FROM json_each($own))) AND ($space IS NULL OR space = $space) AND ($domain IS NULL OR domain = $domain)
                AND ($hidden IS NULL OR topic <> $hidden){topic}
            ORDER BY position LIMIT {WindowEvents}
            """;
        return File.ReadAsync(
            connection =>
            {
                using var command = connection.Command(
                    sql,
                    [("$after", after), ("$end", end), ("$environment", channel.EnvironmentId), ("$space", channel.Space), ("$own", own), ("$domain", channel.Domain),
                        ("$hidden", channel.IsGuests ? EventChannel.HiddenFromGuests : null), .. topics]);
                using var reader = command.ExecuteReader();
                var events = new List<SpacesEvent>();
                var bytes = 0;
                while (reader.Read())
                {
                    events.Add(new SpacesEvent(reader.GetInt64(0), (byte[])reader[1]));
                    bytes += events[^1].Body.Length;
                    if (events.Count == WindowEvents || bytes >= WindowBytes)
                    {
                        return new EventWindow(events, events[^1].Position);
                    }
                }

                return new EventWindow(events, end);
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public Task WaitAsync(long position, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _position > position ? Task.CompletedTask : _grown.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Looks how far the log is after a commit, and wakes who waits.</summary>
    public async Task AdvanceAsync() =>
        Advance(await File.ReadAsync(connection => connection.Number("SELECT max(position) FROM events"), CancellationToken.None).ConfigureAwait(false));

    /// <summary>Says that events up to here are gone.</summary>
    public void Raise(long floor) => Volatile.Write(ref _floor, Math.Max(Floor, floor));

    private SqliteFile File => _file ?? throw new InvalidOperationException("Spaces has not started: its host must run first.");

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Advance(long position)
    {
        TaskCompletionSource? grown = null;
        lock (_lock)
        {
            if (position > _position)
            {
                _position = position;
                grown = _grown;
                _grown = NewSignal();
            }
        }

        grown?.TrySetResult();
    }
}
