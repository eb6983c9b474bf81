using System.Data.Common;
using Flatfile.Agent.Core.Startup;
using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;

namespace Flatfile.Agent.Core.Store;

/// <summary>The file <c>agent.db</c>. One process at a time: what ran under another owner is then known to be orphaned.</summary>
internal sealed class SqliteAgentDatabase(string folder) : AgentDatabase
{
    public const string KindName = "Sqlite";

    /// <summary>See <see cref="Now"/>.</summary>
    public const string Clock = "CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)";

    private FileStream? _lock;
    private SqliteFile? _file;

    public override string Kind => KindName;

    public override bool IsShared => false;

    public override string Now => Clock;

    /// <summary>What of the inbox is not sorted in yet.</summary>
    public InboxLog InboxLog { get; } = new();

    public override void SettleInbox(DbConnection connection, string eventId) => InboxLog.SortIn(connection, eventId);

    public override async Task<T> ReadAsync<T>(Func<DbConnection, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await Opened(_file).ReadAsync(read, cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException fault) when (IsAway(fault))
        {
            throw Away(fault);
        }
    }

    protected override async Task OpenOnceAsync(CancellationToken cancellationToken)
    {
        _lock ??= Lock(folder);
        var file = new SqliteFile(Path.Combine(folder, "agent.db"));
        try
        {
            await file.WriteAsync(
                connection =>
                {
                    SqliteSchema.Apply(connection);
                    InboxLog.SortInAll(connection);
                },
                cancellationToken).ConfigureAwait(false);
            _file = file;
        }
        catch (SqliteException fault) when (IsAway(fault))
        {
            await CloseBrokenAsync(file).ConfigureAwait(false);
            throw Away(fault);
        }
    }

    protected override async Task CommitAsync(Action<DbConnection> write)
    {
        try
        {
            await Opened(_file).WriteAsync(connection => write(connection), CancellationToken.None).ConfigureAwait(false);
        }
        catch (SqliteException fault) when (IsAway(fault))
        {
            throw Away(fault);
        }
    }

    protected override T CommitNow<T>(Func<DbConnection, T> write)
    {
        try
        {
            return Opened(_file).Write(connection => write(connection));
        }
        catch (SqliteException fault) when (IsAway(fault))
        {
            throw Away(fault);
        }
    }

    protected override async ValueTask CloseAsync()
    {
        try
        {
            if (_file is not null)
            {
                await _file.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            // Also where the disk fails at the end: what is in the log is moved into the file by the next start.
            if (_lock is not null)
            {
                await _lock.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task CloseBrokenAsync(SqliteFile file)
    {
        try
        {
            await file.DisposeAsync().ConfigureAwait(false);
        }
        catch (SqliteException)
        {
            // The disk is still as it was; the fault before is the one to tell.
        }
    }

    /// <summary>The disk has no room, cannot be read or written, or takes no writes, for now.</summary>
    private static bool IsAway(SqliteException fault) => fault.SqliteErrorCode
        is SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN;

    private StoreAwayException Away(SqliteException fault) =>
        new($"The agent's store cannot be used now: {Path.Combine(folder, "agent.db")}: {fault.Message} See that its disk has room, works and may be written; nothing is lost meanwhile.", fault);

    private static FileStream Lock(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(Path.Combine(folder, "agent.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new AgentStartException([
                $"The data folder '{folder}' cannot be used: {fault.Message} Stop the other agent that uses it, or set Agent:DataFolder to a folder of its own that this process may write."]);
        }
    }
}
