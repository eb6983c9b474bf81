using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Storage;

/// <summary>The data folder's own database.</summary>
internal sealed class CentralStore(DataFolder folder, EventLog log, TimeProvider time) : IAsyncDisposable
{
    /// <summary>What the pages of all open databases together should stay below; SQLite counts it per process.</summary>
    private const long PageMemory = 128 * 1024 * 1024;

    private SqliteFile? _file;

    /// <summary>The one account.</summary>
    public string AccountId { get; private set; } = "";

    private SqliteFile File => _file ?? throw new InvalidOperationException("Spaces has not started: its host must run first.");

    /// <summary>Opens or creates the database.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _file = new SqliteFile(folder.CentralDatabase);
        await CentralSchema.PrepareAsync(_file, cancellationToken).ConfigureAwait(false);
        AccountId = await _file.WriteAsync(
            connection =>
            {
                connection.Execute($"PRAGMA soft_heap_limit={PageMemory}");
                return Account.Ensure(connection, time.GetUtcNow());
            },
            cancellationToken).ConfigureAwait(false);
        log.Open(
            _file,
            await _file.ReadAsync(connection => connection.Number("SELECT max(position) FROM events"), cancellationToken).ConfigureAwait(false),
            await _file.ReadAsync(connection => connection.Number("SELECT floor FROM log"), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Runs a read in one snapshot.</summary>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAsync(read, cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException fault) when (Fault(fault) is { } said)
        {
            throw said;
        }
    }

    /// <summary>Runs a change of a caller; its events are committed with it.</summary>
    public Task<T> WriteAsync<T>(Principal caller, Func<CentralWrite, T> write, CancellationToken cancellationToken) =>
        WriteAsync(caller.EnvironmentId, caller.ActorId, write, cancellationToken);

    /// <summary>Runs a change in the name of the server itself.</summary>
    public async Task<T> WriteAsync<T>(string environmentId, string actorId, Func<CentralWrite, T> write, CancellationToken cancellationToken)
    {
        CentralWrite? change = null;
        try
        {
            return await File.WriteAsync(
                connection =>
                {
                    change = new CentralWrite(connection, AccountId, environmentId, actorId, time.GetUtcNow());
                    var result = write(change);
                    change.Finish();
                    return result;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException fault) when (Fault(fault) is { } said)
        {
            throw said;
        }
        finally
        {
            if (change is { Appended: true })
            {
                await log.AdvanceAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>How far a space's events are in the log, and what the registry says of the space.</summary>
    public Task<(long Cursor, string? State, bool JobsIndexed)> StateAsync(long space) => ReadAsync(
        connection => connection.Row(
            "SELECT cursor, state, jobs_indexed FROM spaces WHERE number = $number",
            row => Tuple.Create(row.GetInt64(0), row.GetString(1), row.GetInt64(2) != 0), ("$number", space))
            is { } found ? (found.Item1, found.Item2, found.Item3) : (0, (string?)null, false),
        CancellationToken.None);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static ApiRefusal? Fault(SqliteException fault) => StorageFault.Of(fault)?.Invoke("The data folder");
}
