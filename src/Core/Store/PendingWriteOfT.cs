using Microsoft.Data.Sqlite;

namespace Flatfile.Agent.Core.Store;

/// <summary>A write with a result, which is handed out only after the commit.</summary>
internal sealed class PendingWrite<T>(Func<SqliteConnection, T> write) : PendingWrite
{
    private readonly TaskCompletionSource<T> _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Committed => _committed.Task;

    public override void Run(SqliteConnection connection) => _result = write(connection);

    public override void Commit() => _committed.TrySetResult(_result);

    public override void Fail(Exception fault) => _committed.TrySetException(fault);
}
