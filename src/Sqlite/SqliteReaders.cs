using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Flatfile.Sqlite;

/// <summary>The readers of one file: opened when they are needed, kept for the next one.</summary>
internal sealed class SqliteReaders(string path)
{
    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private volatile bool _closed;

    /// <summary>A reader, for one thread at a time.</summary>
    public SqliteConnection Rent()
    {
        if (_idle.TryTake(out var reader))
        {
            return reader;
        }

        var connection = SqliteConnections.Open(path);
        try
        {
            connection.Run("PRAGMA query_only=ON");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Takes back a reader outside a transaction.</summary>
    public void Return(SqliteConnection reader)
    {
        if (_closed)
        {
            reader.Dispose();
            return;
        }

        _idle.Add(reader);
    }

    /// <summary>A reader in one snapshot.</summary>
    public SqliteLease Lease()
    {
        var reader = Rent();
        try
        {
            PreparedCommand.Run(reader, "BEGIN");
            return new SqliteLease(reader, EndSnapshot);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Closes those that are idle; the others close when they come back.</summary>
    public void Close()
    {
        _closed = true;
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private void EndSnapshot(SqliteConnection reader)
    {
        if (reader.TryRollBack())
        {
            Return(reader);
        }
        else
        {
            reader.Dispose();
        }
    }
}
