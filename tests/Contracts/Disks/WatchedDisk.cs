using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;

namespace Contracts.Disks;

/// <summary>Stands between SQLite and the files of one folder: notes what is asked of them, and answers in their place where a test wants a fault.</summary>
public sealed class WatchedDisk : IDisposable
{
    /// <summary>SQLite's code for a read that failed.</summary>
    public const int ReadFails = 10 | (1 << 8);

    /// <summary>SQLite's code for a write that failed.</summary>
    public const int WriteFails = 10 | (3 << 8);

    /// <summary>SQLite's code for a sync that failed.</summary>
    public const int SyncFails = 10 | (4 << 8);

    /// <summary>SQLite's code for a disk without room.</summary>
    public const int NoRoom = 13;

    private readonly Lock _lock = new();
    private readonly List<DiskStep> _steps = [];
    private readonly string _folder;

    /// <summary>Watches every file that SQLite opens in the folder from now on.</summary>
    public WatchedDisk(string folder)
    {
        _folder = folder;
        SqliteLibrary.Use();
        WatchedFiles.Watch(folder, this);
    }

    /// <summary>Asked before each step: 0 lets it be done, a code of SQLite is answered instead.</summary>
    public Func<DiskStep, int> Answer { get; set; } = _ => 0;

    /// <summary>Steps done so far, reads aside.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _steps.Count;
            }
        }
    }

    /// <summary>All steps done so far, reads aside.</summary>
    public IReadOnlyList<DiskStep> Steps
    {
        get
        {
            lock (_lock)
            {
                return [.. _steps];
            }
        }
    }

    /// <summary>Whether a fault is one this disk can answer: the disk is full or broken.</summary>
    public static bool IsOf(SqliteException fault) => fault.SqliteErrorCode is 10 or NoRoom;

    /// <summary>Files opened from now on are not watched.</summary>
    public void Dispose() => WatchedFiles.Forget(_folder);

    internal int Do(DiskAct act, string path, long offset, byte[] data, Func<int> really)
    {
        // One at a time: the order of the notes is the order on the disk.
        lock (_lock)
        {
            var step = new DiskStep(act, Path.GetFileName(path), offset, data);
            if (Answer(step) is not 0 and var refused)
            {
                return refused;
            }

            var answer = really();
            if (answer == 0 && act != DiskAct.Read)
            {
                _steps.Add(step);
            }

            return answer;
        }
    }
}
