using Microsoft.Data.Sqlite;

namespace Flatfile.Sqlite;

/// <summary>Opens connections to a file as <see cref="SqliteFile"/> wants them.</summary>
internal static class SqliteOpening
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

    /// <summary>The same for a text that is run very often.</summary>
    public static void RunKept(this SqliteConnection connection, string sql)
    {
        using var command = PreparedCommand.Of(connection, sql);
        command.Execute();
        command.Keep();
    }
}
