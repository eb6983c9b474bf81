using Microsoft.Data.Sqlite;

namespace Flatfile.Sqlite;

/// <summary>One SQLite file: many readers beside one writer, durable commits, checkpoints by the writer alone.</summary>
/// <remarks>
/// SQLite before 3.51.3 can corrupt a WAL when two connections commit and checkpoint at once, so automatic checkpoints are off
/// and every write and checkpoint passes one gate. Commits are synced fully: an acknowledged write survives power loss. After a fault of the disk
/// the file is opened anew: what the system says of pages whose sync has failed once is not to be trusted.
/// </remarks>
public sealed class SqliteFile : IAsyncDisposable
{
    private const int DiskFault = SQLitePCL.raw.SQLITE_IOERR;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SqliteReaders _readers;
    private SqliteConnection? _writer;
    private bool _checkpointFailed;
    private volatile bool _closed;

    /// <summary>Opens lazily; the file and its folder's rights are checked on first use.</summary>
    public SqliteFile(string path)
    {
        SqliteLibrary.Use();
        Path = path;
        _readers = new SqliteReaders(path);
    }

    /// <summary>The database file.</summary>
    public string Path { get; }

    /// <summary>Runs a read in one snapshot. Many run at once.</summary>
    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_closed, this);
        var connection = _readers.Rent();
        try
        {
            PreparedCommand.Run(connection, "BEGIN");
            var result = read(connection);
            PreparedCommand.Run(connection, "COMMIT");
            _readers.Return(connection);
            return Task.FromResult(result);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Borrows a reader in one snapshot for work that streams; the caller gives it back by disposing the lease.</summary>
    public SqliteLease Rent()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        return _readers.Lease();
    }

    /// <summary>Runs a write alone, in one transaction: all of it is durable when this returns, or none of it is.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        return WriteInside(write);
    }

    /// <summary>The same on the calling thread, which waits for its turn: for a thread of its own, never for one of the pool.</summary>
    public T Write<T>(Func<SqliteConnection, T> write)
    {
        _gate.Wait();
        return WriteInside(write);
    }

    /// <summary>Runs a write without a result.</summary>
    public Task WriteAsync(Action<SqliteConnection> write, CancellationToken cancellationToken) =>
        WriteAsync(connection =>
        {
            write(connection);
            return true;
        }, cancellationToken);

    /// <summary>Writes the file as it is at one moment into a new, packed file, while reads and writes go on.</summary>
    public Task CopyIntoAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_closed, this);

        // Not a reader of ours: they may write nothing, not even another file.
        using var connection = SqliteConnections.Open(Path);
        using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $path";
        command.Parameters.AddWithValue("$path", path);
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    /// <summary>Waits for the writer, moves the log into the file and closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            _closed = true;
            _readers.Close();
            if (_writer is not null)
            {
                _writer.Run("PRAGMA wal_checkpoint(TRUNCATE)");
            }
        }
        finally
        {
            CloseWriter();
            _gate.Release();
        }
    }

    /// <summary>Inside the gate, which it leaves.</summary>
    private T WriteInside<T>(Func<SqliteConnection, T> write)
    {
        var checkpoint = false;
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            var connection = _writer ??= SqliteConnections.Open(Path);
            if (_checkpointFailed)
            {
                Checkpoint(connection);
            }

            T result;
            try
            {
                PreparedCommand.Run(connection, "BEGIN IMMEDIATE");
                result = write(connection);
                PreparedCommand.Run(connection, "COMMIT");
            }
            catch (Exception fault)
            {
                if (!connection.TryRollBack() || fault is SqliteException { SqliteErrorCode: DiskFault })
                {
                    CloseWriter();
                }

                throw;
            }

            checkpoint = IsLogLong();
            return result;
        }
        finally
        {
            if (checkpoint)
            {
                // Whoever wrote need not wait for it; the next write does.
                _ = Task.Run(CheckpointAndRelease, CancellationToken.None);
            }
            else
            {
                _gate.Release();
            }
        }
    }

    /// <summary>The next write begins with a connection of its own.</summary>
    private void CloseWriter()
    {
        _writer?.Dispose();
        _writer = null;
    }

    private bool IsLogLong()
    {
        var log = new FileInfo(Path + "-wal");
        return log.Exists && log.Length > SqliteConnections.LogLimit;
    }

    /// <summary>What fails here fails again, and is told, before the next write: the one before is committed.</summary>
    private void CheckpointAndRelease()
    {
        try
        {
            Checkpoint(_writer!);
        }
        catch (SqliteException)
        {
            _checkpointFailed = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A passive checkpoint never waits for readers; the log shrinks to its limit when SQLite next starts it anew.</summary>
    private void Checkpoint(SqliteConnection connection)
    {
        try
        {
            connection.Run("PRAGMA wal_checkpoint(PASSIVE)");
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode == DiskFault)
        {
            CloseWriter();
            throw;
        }

        _checkpointFailed = false;
    }
}
