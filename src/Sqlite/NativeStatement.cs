using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Flatfile.Sqlite;

/// <summary>A statement prepared once and run very often, with text values only. Used by one thread at a time.</summary>
public sealed class NativeStatement : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _statement;
    private byte[] _text = new byte[256];

    /// <summary>Prepares a statement whose parameters are question marks.</summary>
    /// <exception cref="SqliteException">It is no statement.</exception>
    public NativeStatement(SqliteConnection connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out _statement));
    }

    /// <summary>Runs it with these values; null binds NULL.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public void Run(params ReadOnlySpan<string?> values) => Step(values);

    /// <summary>Runs it with these values and says whether there is a row.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public bool HasRow(params ReadOnlySpan<string?> values) => Step(values) == raw.SQLITE_ROW;

    /// <summary>Ends it.</summary>
    public void Dispose() => _statement.Dispose();

    private int Step(ReadOnlySpan<string?> values)
    {
        try
        {
            for (var i = 0; i < values.Length; i++)
            {
                Bind(i + 1, values[i]);
            }

            var answer = raw.sqlite3_step(_statement);
            if (answer is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            {
                Check(answer);
            }

            return answer;
        }
        finally
        {
            // What it answers is the fault of the step again.
            _ = raw.sqlite3_reset(_statement);
        }
    }

    private void Bind(int index, string? value)
    {
        if (value is null)
        {
            Check(raw.sqlite3_bind_null(_statement, index));
            return;
        }

        var longest = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (longest > _text.Length)
        {
            _text = new byte[longest];
        }

        Check(raw.sqlite3_bind_text(_statement, index, _text.AsSpan(0, Encoding.UTF8.GetBytes(value, _text))));
    }

    private void Check(int answer) => SqliteException.ThrowExceptionForRC(answer, _connection.Handle);
}
