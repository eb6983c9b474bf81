using System.Text;
using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Flatfile.Spaces.Records;

/// <summary>A prepared statement without the cost of ADO: text is bound and read as UTF-8 bytes.</summary>
internal sealed unsafe class Statement : IDisposable
{
    /// <summary>Copying a longer text would hold up the garbage collector too long.</summary>
    private const int LongestQuick = 4096;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly IntPtr _handle;
    private byte* _lent;
    private byte* _lentEnd;

    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is closed. Open it before using its records.");
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
        _handle = _statement.DangerousGetHandle();
    }

    /// <summary>Texts inside this memory are bound without a copy: it is pinned, and stays as it is until the statement is gone.</summary>
    public void Lend(byte* start, int length)
    {
        _lent = start;
        _lentEnd = start + length;
    }

    /// <summary>Runs a command without parameters and rows.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        statement.Run();
    }

    /// <summary>The first column of the first row, or nothing.</summary>
    public static long? Scalar(SqliteConnection connection, string sql, params ReadOnlySpan<long> parameters)
    {
        using var statement = new Statement(connection, sql);
        for (var i = 0; i < parameters.Length; i++)
        {
            statement.Bind(i + 1, parameters[i]);
        }

        return statement.Step() && !statement.IsNull(0) ? statement.Long(0) : null;
    }

    public void Bind(int index, long value) => Check(NativeBinding.Integer(_handle, index, value));

    public void Bind(int index, ReadOnlySpan<byte> text)
    {
        fixed (byte* start = text)
        {
            var isLent = start >= _lent && start + text.Length <= _lentEnd;
            Check(start is not null && (isLent || text.Length <= LongestQuick)
                ? NativeBinding.Text(_handle, index, start, text.Length, isCopied: !isLent)
                : raw.sqlite3_bind_text(_statement, index, text));
        }
    }

    public void Bind(int index, string? text)
    {
        if (text is null)
        {
            BindNull(index);
        }
        else
        {
            Check(raw.sqlite3_bind_text(_statement, index, text));
        }
    }

    public void Bind(int index, double value) => Check(raw.sqlite3_bind_double(_statement, index, value));

    public void BindNull(int index) => Check(raw.sqlite3_bind_null(_statement, index));

    public void Bind(int index, CellData cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Integer:
                Bind(index, cell.Integer);
                break;
            case CellKind.Text:
                Bind(index, cell.Bytes);
                break;
            case CellKind.Json:
                Check(raw.sqlite3_bind_blob(_statement, index, cell.Bytes));
                break;
            default:
                BindNull(index);
                break;
        }
    }

    public void ClearBindings() => Check(raw.sqlite3_clear_bindings(_statement));

    /// <summary>Goes to the next row; false at the end.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            Throw(code);
        }

        return false;
    }

    /// <summary>Runs to the end and makes ready for the next run.</summary>
    public void Run()
    {
        while (Step())
        {
        }

        Reset();
    }

    public void Reset() => raw.sqlite3_reset(_statement);

    public bool IsNull(int column) => NativeReading.Type(NativeReading.Value(_handle, column)) == raw.SQLITE_NULL;

    public double Double(int column) => raw.sqlite3_column_double(_statement, column);

    public long Long(int column) => NativeReading.Integer(NativeReading.Value(_handle, column));

    /// <summary>The bytes of a text or a blob, valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => NativeReading.Bytes(NativeReading.Value(_handle, column));

    public string? Text(int column) => IsNull(column) ? null : Encoding.UTF8.GetString(Bytes(column));

    /// <summary>A stored cell, valid until the next step.</summary>
    public CellData Cell(int column)
    {
        var value = NativeReading.Value(_handle, column);
        return NativeReading.Type(value) switch
        {
            raw.SQLITE_INTEGER => CellData.OfInteger(NativeReading.Integer(value)),
            raw.SQLITE_TEXT => CellData.OfText(NativeReading.Bytes(value)),
            raw.SQLITE_BLOB => CellData.OfJson(NativeReading.Bytes(value)),
            _ => default,
        };
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            Throw(code);
        }
    }

    private void Throw(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
