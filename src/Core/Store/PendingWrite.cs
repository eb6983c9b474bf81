using Microsoft.Data.Sqlite;

namespace Flatfile.Agent.Core.Store;

/// <summary>A write that waits for its group.</summary>
internal abstract class PendingWrite
{
    public abstract void Run(SqliteConnection connection);

    public abstract void Commit();

    public abstract void Fail(Exception fault);
}
