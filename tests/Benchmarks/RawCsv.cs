using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Benchmarks;

/// <summary>The raw limit of taking in a CSV file: bytes cut at commas and line ends and bound to one prepared statement, one synced transaction. It knows no quotes.</summary>
internal static class RawCsv
{
    public static long Load(string csv, string database, int columns)
    {
        SqliteLibrary.Use();
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000;");
        Execute(connection, $"CREATE TABLE t ({string.Join(',', Enumerable.Range(0, columns).Select(i => $"c{i}"))})");
        raw.sqlite3_prepare_v2(connection.Handle, $"INSERT INTO t VALUES ({string.Join(',', Enumerable.Repeat('?', columns))})", out var insert);
        Execute(connection, "BEGIN IMMEDIATE");
        var rows = 0L;
        using (insert)
        {
            using var file = File.OpenHandle(csv, options: FileOptions.SequentialScan);
            var buffer = new byte[1024 * 1024];
            var (position, length) = (0L, 0);
            while (RandomAccess.Read(file, buffer.AsSpan(length), position) is > 0 and var read)
            {
                position += read;
                length += read;
                var used = 0;
                while (buffer.AsSpan(used, length - used).IndexOf((byte)'\n') is >= 0 and var end)
                {
                    Insert(insert, buffer.AsSpan(used, end));
                    used += end + 1;
                    rows++;
                }

                buffer.AsSpan(used, length - used).CopyTo(buffer);
                length -= used;
            }
        }

        Execute(connection, "COMMIT");
        return rows - 1;
    }

    private static void Insert(sqlite3_stmt insert, ReadOnlySpan<byte> line)
    {
        for (var column = 1; ; column++)
        {
            var comma = line.IndexOf((byte)',');
            raw.sqlite3_bind_text(insert, column, comma < 0 ? line : line[..comma]);
            if (comma < 0)
            {
                break;
            }

            line = line[(comma + 1)..];
        }

        if (raw.sqlite3_step(insert) != raw.SQLITE_DONE)
        {
            throw new InvalidOperationException("The raw write failed.");
        }

        raw.sqlite3_reset(insert);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
