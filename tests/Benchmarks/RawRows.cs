using System.Buffers.Text;
using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Benchmarks;

/// <summary>The least a program can do with the same rows: values bound as bytes to one prepared statement, one synced commit per page, no HTTP, no JSON.</summary>
internal sealed class RawRows : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt _update;
    private long _rows;

    public RawRows(string folder)
    {
        SqliteLibrary.Use();
        _connection = new SqliteConnection($"Data Source={Path.Combine(folder, "raw.db")};Pooling=False");
        _connection.Open();
        Execute("PRAGMA journal_mode=WAL");
        Execute("PRAGMA synchronous=FULL");
        Execute("PRAGMA cache_size=-8000");
        var fields = Enumerable.Range(0, BenchRows.Fields).ToList();
        Execute($"CREATE TABLE t (id INTEGER PRIMARY KEY, {string.Join(',', fields.Select(i => $"c{i}"))})");
        raw.sqlite3_prepare_v2(_connection.Handle, $"INSERT INTO t VALUES (?,{string.Join(',', fields.Select(_ => "?"))})", out _insert);
        raw.sqlite3_prepare_v2(_connection.Handle, "UPDATE t SET c0 = ? WHERE id = ?", out _update);
    }

    public void Page(BenchRows rows, int page)
    {
        Execute("BEGIN IMMEDIATE");
        for (var row = 0; row < BenchRows.PageSize; row++)
        {
            raw.sqlite3_bind_int64(_insert, 1, ++_rows);
            var values = rows.Row(page, row);
            for (var field = 0; field < values.Length; field++)
            {
                if (BenchRows.IsNumber(field) && Utf8Parser.TryParse(values[field], out long number, out _))
                {
                    raw.sqlite3_bind_int64(_insert, field + 2, number);
                }
                else
                {
                    raw.sqlite3_bind_text(_insert, field + 2, values[field]);
                }
            }

            Run(_insert);
        }

        Execute("COMMIT");
    }

    public void Update(long row, string value)
    {
        Execute("BEGIN IMMEDIATE");
        raw.sqlite3_bind_text(_update, 1, value);
        raw.sqlite3_bind_int64(_update, 2, row);
        Run(_update);
        Execute("COMMIT");
    }

    public void Dispose()
    {
        _insert.Dispose();
        _update.Dispose();
        _connection.Dispose();
    }

    private static void Run(sqlite3_stmt statement)
    {
        if (raw.sqlite3_step(statement) != raw.SQLITE_DONE)
        {
            throw new InvalidOperationException("The raw write failed.");
        }

        raw.sqlite3_reset(statement);
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
