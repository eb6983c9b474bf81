using Microsoft.Data.Sqlite;

namespace Flatfile.Sqlite;

/// <summary>Connections to a file as <see cref="SqliteFile"/> wants them.</summary>
internal static class SqliteConnections
{
    /// <summary>Bytes of the log behind the file from which on it is moved into the file.</summary>
    public const int LogLimit = 8 * 1024 * 1024;

    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            connection.Run("PRAGMA journal_mode=WAL");
            connection.Run("PRAGMA synchronous=FULL");
            connection.Run("PRAGMA wal_autocheckpoint=0");
            connection.Run($"PRAGMA journal_size_limit={LogLimit}");
            connection.Run("PRAGMA busy_timeout=5000");
            connection.Run("PRAGMA temp_store=MEMORY");
            connection.Run("PRAGMA cache_size=-8000");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs a text without parameters.</summary>
    public static void Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Ends an open transaction without its changes. False when even that fails: the connection is of no use any more.</summary>
    /// <remarks>
    /// SQLite itself rolls back where the disk is full or the file cannot be read; rolling back once more would be a fault of its own, told instead of the first.
    /// </remarks>
    public static bool TryRollBack(this SqliteConnection connection)
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) != 0)
        {
            return true;
        }

        try
        {
            PreparedCommand.Run(connection, "ROLLBACK");
            return true;
        }
        catch (SqliteException)
        {
            // The fault before is the one to tell.
            return false;
        }
    }
}
