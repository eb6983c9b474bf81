using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Storage;

/// <summary>Builds a space's database where nobody sees it yet.</summary>
/// <remarks>A half-built file is thrown away whole, so nothing is synced on the way: the finished file is, once.</remarks>
internal static class NewDatabase
{
    /// <summary>Creates the file with its tables, fills it, and makes it durable.</summary>
    public static T Build<T>(string path, Func<SqliteConnection, T> fill)
    {
        T result;
        var source = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false };
        using (var connection = new SqliteConnection(source.ToString()))
        {
            connection.Open();
            connection.Execute("PRAGMA synchronous=OFF");
            connection.Execute("PRAGMA journal_mode=MEMORY");

            // On a full disk SQLite rolls back by itself, and a transaction object would fail doing it again.
            connection.Execute("BEGIN");
            SpaceSchema.Steps.Create(connection);
            result = fill(connection);
            connection.Execute("COMMIT");

            // Written into the file, so that its later users find it as they want it.
            connection.Execute("PRAGMA journal_mode=WAL");
        }

        Flush(path);
        return result;
    }

    /// <summary>Makes a finished file durable.</summary>
    public static void Flush(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }
}
