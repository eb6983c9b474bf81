using Flatfile.Spaces.Storage;
using Flatfile.Sqlite;

namespace Flatfile.Spaces.Events;

/// <summary>The central log as readers in this process see it: a growing position and a signal.</summary>
internal sealed class EventLog : ISpacesEventLog
{
    private readonly Lock _lock = new();
    private SqliteFile? _file;
    private TaskCompletionSource _grown = NewSignal();
    private long _position;

    /// <inheritdoc />
    public long Position => Volatile.Read(ref _position);

    /// <summary>Begins where the file ends.</summary>
    public void Open(SqliteFile file, long position)
    {
        _file = file;
        Advance(position);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<SpacesEvent>> ReadAfterAsync(long position, int limit, CancellationToken cancellationToken) =>
        File.ReadAsync<IReadOnlyList<SpacesEvent>>(
            connection => connection.Rows(
                "SELECT position, body FROM events WHERE position > $position ORDER BY position LIMIT $limit",
                row => new SpacesEvent(row.GetInt64(0), (byte[])row[1]),
                ("$position", position), ("$limit", limit)),
            cancellationToken);

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
