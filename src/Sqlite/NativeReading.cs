using System.Runtime.InteropServices;

namespace Flatfile.Sqlite;

/// <summary>Reads the values of a row by the library's own functions, without what a call through the provider costs. For loops over very many values.</summary>
/// <remarks>
/// A value is good until its statement goes on. The library locks nothing while a value is looked at, so the connection must be used by one
/// thread at a time. The calls are short and call nothing back, so they do not tell the garbage collector that they leave managed code.
/// </remarks>
public static unsafe class NativeReading
{
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<IntPtr, int, IntPtr> ColumnValue =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<IntPtr, int, IntPtr>)Function("sqlite3_column_value");

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<IntPtr, int> ValueType =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<IntPtr, int>)Function("sqlite3_value_type");

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<IntPtr, long> ValueInteger =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<IntPtr, long>)Function("sqlite3_value_int64");

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<IntPtr, byte*> ValueBlob =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<IntPtr, byte*>)Function("sqlite3_value_blob");

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<IntPtr, int> ValueBytes =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<IntPtr, int>)Function("sqlite3_value_bytes");

    /// <summary>A column of the row the statement stands on.</summary>
    public static IntPtr Value(IntPtr statement, int column) => ColumnValue(statement, column);

    /// <summary>One of <c>SQLITE_INTEGER</c>, <c>SQLITE_FLOAT</c>, <c>SQLITE_TEXT</c>, <c>SQLITE_BLOB</c>, <c>SQLITE_NULL</c>.</summary>
    public static int Type(IntPtr value) => ValueType(value);

    /// <summary>A whole number.</summary>
    public static long Integer(IntPtr value) => ValueInteger(value);

    /// <summary>The bytes of a text or a blob.</summary>
    public static ReadOnlySpan<byte> Bytes(IntPtr value)
    {
        // In this order: the length is that of the form the first call makes.
        var start = ValueBlob(value);
        return new ReadOnlySpan<byte>(start, ValueBytes(value));
    }

    private static IntPtr Function(string name) => NativeLibrary.GetExport(SqliteLibrary.Handle, name);
}
