using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Tests.Storage;

public sealed class SqliteFileTests : IAsyncDisposable
{
    private const int Megabyte = 1024 * 1024;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("file-");

    [Fact]
    public async Task TheLogMovesIntoTheFileBehindTheWritesAndStaysShort()
    {
        await using var file = new SqliteFile(Path.Combine(_folder.FullName, "a.db"));
        await file.WriteAsync(connection => Execute(connection, "CREATE TABLE t (x)"), CancellationToken.None);

        for (var i = 0; i < 40; i++)
        {
            await file.WriteAsync(connection => Execute(connection, "INSERT INTO t VALUES (randomblob(1000000))"), CancellationToken.None);
        }

        // A write begins when what was behind the last one is done.
        await file.WriteAsync(_ => { }, CancellationToken.None);
        Assert.InRange(new FileInfo(file.Path).Length, 20 * Megabyte, 50 * Megabyte);
        Assert.InRange(new FileInfo(file.Path + "-wal").Length, 0, 20 * Megabyte);
        Assert.Equal(40L, await file.ReadAsync(Count, CancellationToken.None));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object? Count(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM t";
        return command.ExecuteScalar();
    }
}
