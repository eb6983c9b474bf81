using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Storage;

/// <summary>Keeps a space's database open until disposed.</summary>
internal sealed class SpaceUse(SpaceShelf shelf, OpenSpace open) : IAsyncDisposable
{
    private bool _left;

    public SqliteFile File => open.File;

    /// <inheritdoc cref="OpenSpace.Ending" />
    public CancellationToken Ending => open.Ending.Token;

    /// <inheritdoc cref="OpenSpace.Relayed" />
    public long Relayed
    {
        get => open.Relayed;
        set => open.Relayed = value;
    }

    /// <inheritdoc cref="OpenSpace.JobsIndexed" />
    public bool JobsIndexed
    {
        get => open.JobsIndexed;
        set => open.JobsIndexed = value;
    }

    /// <summary>Runs work on the database; a damaged file is closed afterwards and its fault told as this space's own.</summary>
    public async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (SqliteException fault) when (StorageFault.Of(fault) is { } said)
        {
            if (StorageFault.IsDamage(fault))
            {
                shelf.Break(open);
            }

            throw said(open.Folder.Subject);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        if (_left)
        {
            return ValueTask.CompletedTask;
        }

        _left = true;
        return shelf.LeaveAsync(open);
    }
}
