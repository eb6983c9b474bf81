using Microsoft.Data.Sqlite;

namespace Flatfile.Sqlite;

/// <summary>A borrowed reader inside a snapshot; disposing ends that and gives it back.</summary>
public sealed class SqliteLease(SqliteConnection connection, Action<SqliteConnection> giveBack) : IDisposable
{
    /// <summary>The reader, for one thread at a time.</summary>
    public SqliteConnection Connection { get; } = connection;

    /// <inheritdoc />
    public void Dispose() => giveBack(Connection);
}
