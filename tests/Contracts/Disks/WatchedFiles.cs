using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Flatfile.Sqlite;

namespace Contracts.Disks;

/// <summary>
/// The way from SQLite to files, for the whole process: a copy of SQLite's own one (a <c>sqlite3_vfs</c>) that hands over to it, with the calls
/// of watched files (their <c>sqlite3_io_methods</c>) led through a <see cref="WatchedDisk"/>.
/// </summary>
internal static class WatchedFiles
{
    private const int VfsSize = 168;
    private const int NameAt = 24;
    private const int OpenAt = 40;
    private const int DeleteAt = 48;
    private const int MethodsSize = 152;
    private const int CloseAt = 8;
    private const int ReadAt = 16;
    private const int WriteAt = 24;
    private const int TruncateAt = 32;
    private const int SyncAt = 40;

    private static readonly ConcurrentDictionary<string, WatchedDisk> Disks = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<IntPtr, WatchedFile> Files = new();
    private static readonly ConcurrentDictionary<IntPtr, IntPtr> Tables = new();

    // SQLite keeps their addresses: they must live as long as the process.
    private static readonly OpenCall Open = OpenFile;
    private static readonly DeleteCall Delete = DeleteFile;
    private static readonly CloseCall Close = CloseFile;
    private static readonly MoveCall Read = ReadFile;
    private static readonly MoveCall Write = WriteFile;
    private static readonly LengthCall Truncate = TruncateFile;
    private static readonly SyncCall Sync = SyncFile;

    private static readonly IntPtr Original = Register();

    public static void Watch(string folder, WatchedDisk disk)
    {
        _ = Original;
        Disks[folder] = disk;
    }

    public static void Forget(string folder) => Disks.TryRemove(folder, out _);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate IntPtr FindCall(IntPtr name);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int RegisterCall(IntPtr vfs, int isDefault);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int OpenCall(IntPtr vfs, IntPtr name, IntPtr file, int flags, IntPtr outFlags);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int DeleteCall(IntPtr vfs, IntPtr name, int syncFolder);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int CloseCall(IntPtr file);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int MoveCall(IntPtr file, IntPtr bytes, int count, long offset);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int LengthCall(IntPtr file, long length);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int SyncCall(IntPtr file, int flags);

    private static IntPtr Register()
    {
        var find = Function<FindCall>(NativeLibrary.GetExport(SqliteLibrary.Handle, "sqlite3_vfs_find"));
        var register = Function<RegisterCall>(NativeLibrary.GetExport(SqliteLibrary.Handle, "sqlite3_vfs_register"));
        var original = find(IntPtr.Zero);
        var copy = Copy(original, VfsSize);
        Marshal.WriteIntPtr(copy, NameAt, Marshal.StringToCoTaskMemUTF8("watched"));
        Set(copy, OpenAt, Open);
        Set(copy, DeleteAt, Delete);
        return register(copy, 1) == 0 ? original : throw new InvalidOperationException("SQLite does not take another way to its files.");
    }

    private static int OpenFile(IntPtr vfs, IntPtr name, IntPtr file, int flags, IntPtr outFlags)
    {
        var path = Marshal.PtrToStringUTF8(name);
        var open = Function<OpenCall>(Marshal.ReadIntPtr(Original, OpenAt));
        if (path is null || Of(path) is not { } disk)
        {
            return open(Original, name, file, flags, outFlags);
        }

        return disk.Do(DiskAct.Open, path, 0, [], () =>
        {
            var answer = open(Original, name, file, flags, outFlags);
            if (answer == 0)
            {
                var methods = Marshal.ReadIntPtr(file);
                Files[file] = new WatchedFile(disk, path, methods);
                Marshal.WriteIntPtr(file, Tables.GetOrAdd(methods, Led));
            }

            return answer;
        });
    }

    private static int DeleteFile(IntPtr vfs, IntPtr name, int syncFolder)
    {
        var path = Marshal.PtrToStringUTF8(name)!;
        var delete = Function<DeleteCall>(Marshal.ReadIntPtr(Original, DeleteAt));
        return Of(path) is { } disk ? disk.Do(DiskAct.Delete, path, 0, [], () => delete(Original, name, syncFolder)) : delete(Original, name, syncFolder);
    }

    private static int CloseFile(IntPtr file)
    {
        Files.TryRemove(file, out var watched);
        Marshal.WriteIntPtr(file, watched!.Methods);
        return watched.Call<CloseCall>(CloseAt)(file);
    }

    private static int ReadFile(IntPtr file, IntPtr bytes, int count, long offset)
    {
        var watched = Files[file];
        return watched.Disk.Do(DiskAct.Read, watched.Path, offset, [], () => watched.Call<MoveCall>(ReadAt)(file, bytes, count, offset));
    }

    private static int WriteFile(IntPtr file, IntPtr bytes, int count, long offset)
    {
        var watched = Files[file];
        var data = new byte[count];
        Marshal.Copy(bytes, data, 0, count);
        return watched.Disk.Do(DiskAct.Write, watched.Path, offset, data, () => watched.Call<MoveCall>(WriteAt)(file, bytes, count, offset));
    }

    private static int TruncateFile(IntPtr file, long length)
    {
        var watched = Files[file];
        return watched.Disk.Do(DiskAct.Truncate, watched.Path, length, [], () => watched.Call<LengthCall>(TruncateAt)(file, length));
    }

    private static int SyncFile(IntPtr file, int flags)
    {
        var watched = Files[file];
        return watched.Disk.Do(DiskAct.Sync, watched.Path, 0, [], () => watched.Call<SyncCall>(SyncAt)(file, flags));
    }

    /// <summary>The table of calls with those led here that a disk sees.</summary>
    private static IntPtr Led(IntPtr methods)
    {
        var table = Copy(methods, MethodsSize);
        Set(table, CloseAt, Close);
        Set(table, ReadAt, Read);
        Set(table, WriteAt, Write);
        Set(table, TruncateAt, Truncate);
        Set(table, SyncAt, Sync);
        return table;
    }

    private static WatchedDisk? Of(string path) => Path.GetDirectoryName(path) is { } folder ? Disks.GetValueOrDefault(folder) : null;

    private static IntPtr Copy(IntPtr from, int size)
    {
        var bytes = new byte[size];
        Marshal.Copy(from, bytes, 0, size);
        var copy = Marshal.AllocHGlobal(size);
        Marshal.Copy(bytes, 0, copy, size);
        return copy;
    }

    private static void Set<T>(IntPtr table, int at, T call) where T : Delegate => Marshal.WriteIntPtr(table, at, Marshal.GetFunctionPointerForDelegate(call));

    private static T Function<T>(IntPtr address) where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(address);

    /// <summary>An open file and the calls SQLite's own way has for it.</summary>
    private sealed record WatchedFile(WatchedDisk Disk, string Path, IntPtr Methods)
    {
        public T Call<T>(int at) where T : Delegate => Function<T>(Marshal.ReadIntPtr(Methods, at));
    }
}
