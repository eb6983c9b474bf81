using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Flatfile.Sqlite;

/// <summary>Chooses the native SQLite once per process: the operating system's patched one, else the bundled one.</summary>
public static class SqliteLibrary
{
    private static readonly Lazy<string> Chosen = new(Initialize, LazyThreadSafetyMode.ExecutionAndPublication);

    private static IntPtr _handle;

    /// <summary>The library in use.</summary>
    internal static IntPtr Handle
    {
        get
        {
            Use();
            return _handle;
        }
    }

    /// <summary>Which library is in use, for the start-up line: <c>libsqlite3.so.0 3.40.1</c>.</summary>
    public static string Use() => Chosen.Value;

    private static string Initialize()
    {
        var source = "bundled";
        var provider = typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly;
        NativeLibrary.SetDllImportResolver(provider, (name, assembly, path) =>
        {
            foreach (var candidate in Candidates())
            {
                if (name == "e_sqlite3" && NativeLibrary.TryLoad(candidate, assembly, DllImportSearchPath.SafeDirectories, out var handle)
                    && NativeLibrary.TryGetExport(handle, "sqlite3_prepare_v3", out _))
                {
                    source = candidate;
                    return _handle = handle;
                }
            }

            return _handle = NativeLibrary.TryLoad(name, assembly, path, out var bundled) ? bundled : IntPtr.Zero;
        });
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return $"{source} {connection.ServerVersion}";
    }

    private static IEnumerable<string> Candidates() =>
        OperatingSystem.IsWindows() ? ["winsqlite3.dll"]
        : OperatingSystem.IsMacOS() ? ["libsqlite3.dylib"]
        : ["libsqlite3.so.0"];
}
