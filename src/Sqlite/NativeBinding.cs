using System.Runtime.InteropServices;

namespace Flatfile.Sqlite;

/// <summary>Binds values by the library's own functions, without what a call through the provider costs. For loops over very many values.</summary>
/// <remarks>The calls are short and call nothing back, so they do not tell the garbage collector that they leave managed code.</remarks>
public static unsafe class NativeBinding
{
    private static readonly IntPtr Copied = new(-1);

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<IntPtr, int, byte*, int, IntPtr, int> BindText =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<IntPtr, int, byte*, int, IntPtr, int>)NativeLibrary.GetExport(SqliteLibrary.Handle, "sqlite3_bind_text");

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<IntPtr, int, long, int> BindInteger =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<IntPtr, int, long, int>)NativeLibrary.GetExport(SqliteLibrary.Handle, "sqlite3_bind_int64");

    /// <summary>Binds a text, which must stay where it is until the statement has run when it is not copied. A null pointer binds NULL.</summary>
    public static int Text(IntPtr statement, int index, byte* text, int length, bool isCopied) =>
        BindText(statement, index, text, length, isCopied ? Copied : IntPtr.Zero);

    /// <summary>Binds a whole number.</summary>
    public static int Integer(IntPtr statement, int index, long value) => BindInteger(statement, index, value);
}
