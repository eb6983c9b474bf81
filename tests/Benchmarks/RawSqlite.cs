using CsvHelper;
using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;

namespace Benchmarks;

/// <summary>The least a program can do: parse, bind, one prepared statement, one transaction, synced.</summary>
internal static class RawSqlite
{
    public static long Load(string csv, string database)
    {
        SqliteLibrary.Use();
        using var reader = CsvReader.FromFile(csv, new CsvReaderOptions { HasHeader = false }, FileOptions.SequentialScan);
        reader.Read();
        var columns = reader.FieldCount;
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
        Execute(connection, $"CREATE TABLE t ({string.Join(',', Enumerable.Range(0, columns).Select(i => $"c{i}"))})");
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO t VALUES ({string.Join(',', Enumerable.Range(0, columns).Select(i => $"$c{i}"))})";
        var parameters = Enumerable.Range(0, columns).Select(i => insert.Parameters.Add($"$c{i}", SqliteType.Text)).ToArray();
        var rows = 0L;
        while (reader.Read())
        {
            for (var i = 0; i < columns; i++)
            {
                parameters[i].Value = reader.GetString(i);
            }

            insert.ExecuteNonQuery();
            rows++;
        }

        transaction.Commit();
        return rows;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
