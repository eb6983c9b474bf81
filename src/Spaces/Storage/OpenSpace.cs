using Flatfile.Sqlite;

namespace Flatfile.Spaces.Storage;

/// <summary>An open database and who uses it. Changed only under the shelf's lock, except <see cref="Relayed"/>.</summary>
internal sealed class OpenSpace(SpaceFolder folder)
{
    private long _relayed;

    public SpaceFolder Folder { get; } = folder;

    public SqliteFile File { get; } = new(folder.Database);

    /// <summary>Completes when the file was looked at and found good; fails otherwise.</summary>
    public TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Set when nobody may enter any more; completes when the file is closed.</summary>
    public TaskCompletionSource? Closing { get; set; }

    /// <summary>Completes a retirement once the last user has left.</summary>
    public TaskCompletionSource? Empty { get; set; }

    /// <summary>Cancelled by a retirement: who streams to a slow reader goes at once, or the reader would keep the space from ending.</summary>
    public CancellationTokenSource Ending { get; } = new();

    public int Users { get; set; }

    /// <summary>When it was last used, counted, not timed.</summary>
    public long LastUse { get; set; }

    /// <summary>Broken: closed when the last user leaves, and opened anew for the next.</summary>
    public bool Broken { get; set; }

    /// <summary>Whether the space's jobs are in the central index. Changed by the relay alone.</summary>
    public bool JobsIndexed { get; set; }

    /// <summary>Events up to here are in the central log.</summary>
    public long Relayed
    {
        get => Volatile.Read(ref _relayed);
        set => Volatile.Write(ref _relayed, value);
    }
}
