using Flatfile.Spaces.Http;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Storage;

/// <summary>The open databases of spaces. The least recently used ones are closed when there are too many.</summary>
/// <remarks>A database is never open twice: two writers beside each other would defeat the one gate its commits pass.</remarks>
internal sealed class SpaceShelf(SpacesOptions options, CentralStore central) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, OpenSpace> _open = [];
    private long _clock;

    /// <summary>The server's settings.</summary>
    public SpacesOptions Options => options;

    /// <summary>Asks whether a space still has events to hand on; such a space is not closed.</summary>
    public Func<long, bool> HasNews { get; set; } = _ => false;

    /// <summary>Told when a database that was just opened holds events the log has not seen.</summary>
    public Action<SpaceFolder> NewsFound { get; set; } = _ => { };

    /// <summary>Opens, or joins; 404 when the space is gone, 503 when its database is missing or damaged.</summary>
    public async Task<SpaceUse> OpenAsync(SpaceFolder folder, CancellationToken cancellationToken)
    {
        while (true)
        {
            OpenSpace open;
            Task? closing = null;
            var first = false;
            lock (_lock)
            {
                if (!_open.TryGetValue(folder.Number, out open!))
                {
                    open = new OpenSpace(folder);
                    _open.Add(folder.Number, open);
                    first = true;
                }

                closing = open.Closing?.Task;
                if (closing is null)
                {
                    open.Users++;
                    open.LastUse = ++_clock;
                }
            }

            if (closing is not null)
            {
                await closing.WaitAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            var use = new SpaceUse(this, open);
            try
            {
                if (first)
                {
                    await PrepareAsync(open).ConfigureAwait(false);
                }

                await open.Ready.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
                return use;
            }
            catch
            {
                await use.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Waits until nobody uses the space, lets nobody in, and runs the end; when that succeeds the space stays closed.</summary>
    public async Task RetireAsync(SpaceFolder folder, Func<OpenSpace, Task> end, CancellationToken cancellationToken)
    {
        var use = await OpenAsync(folder, cancellationToken).ConfigureAwait(false);
        OpenSpace open;
        Task empty;
        lock (_lock)
        {
            open = _open[folder.Number];
            if (open.Closing is not null)
            {
                empty = Task.CompletedTask;
            }
            else
            {
                open.Closing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                open.Empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                empty = open.Empty.Task;
            }
        }

        if (empty.IsCompleted)
        {
            await use.DisposeAsync().ConfigureAwait(false);
            throw ApiRefusal.NotFound("space", folder.Id);
        }

        await use.DisposeAsync().ConfigureAwait(false);
        await open.Ending.CancelAsync().ConfigureAwait(false);
        await empty.ConfigureAwait(false);
        try
        {
            await end(open).ConfigureAwait(false);
        }
        finally
        {
            await CloseAsync(open).ConfigureAwait(false);
        }
    }

    /// <summary>Marks a database as not to be used any more.</summary>
    public void Break(OpenSpace open)
    {
        lock (_lock)
        {
            open.Broken = true;
        }
    }

    /// <summary>A user goes; the last one of a broken database, or one too many, closes it.</summary>
    public async ValueTask LeaveAsync(OpenSpace left)
    {
        var toClose = new List<OpenSpace>();
        lock (_lock)
        {
            left.Users--;
            if (left.Users == 0 && left.Empty is not null)
            {
                left.Empty.TrySetResult();
            }
            else if (left.Users == 0 && left.Broken && left.Closing is null)
            {
                Mark(left, toClose);
            }

            MarkSurplus(toClose);
        }

        await CloseAsync(toClose).ConfigureAwait(false);
    }

    /// <summary>Closes idle databases that are too many.</summary>
    public ValueTask TrimAsync()
    {
        var toClose = new List<OpenSpace>();
        lock (_lock)
        {
            MarkSurplus(toClose);
        }

        return CloseAsync(toClose);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        List<OpenSpace> all;
        lock (_lock)
        {
            all = [.. _open.Values.Where(open => open.Closing is null)];
            foreach (var open in all)
            {
                open.Closing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        foreach (var open in all)
        {
            await CloseAsync(open).ConfigureAwait(false);
        }
    }

    private static void Mark(OpenSpace open, List<OpenSpace> toClose)
    {
        open.Closing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        toClose.Add(open);
    }

    private void MarkSurplus(List<OpenSpace> toClose)
    {
        var surplus = _open.Values.Count(open => open.Closing is null) - options.MaxOpenSpaces;
        if (surplus <= 0)
        {
            return;
        }

        foreach (var idle in _open.Values
            .Where(open => open.Users == 0 && open.Closing is null && !HasNews(open.Folder.Number))
            .OrderBy(open => open.LastUse).Take(surplus).ToList())
        {
            Mark(idle, toClose);
        }
    }

    private async ValueTask CloseAsync(List<OpenSpace> some)
    {
        foreach (var open in some)
        {
            await CloseAsync(open).ConfigureAwait(false);
        }
    }

    private async Task CloseAsync(OpenSpace open)
    {
        try
        {
            await open.File.DisposeAsync().ConfigureAwait(false);
        }
        catch (SqliteException)
        {
            // The checkpoint of a damaged or full disk: what was committed stays in the log beside the file.
        }
        finally
        {
            lock (_lock)
            {
                _open.Remove(open.Folder.Number);
            }

            open.Closing!.TrySetResult();
        }
    }

    private async Task PrepareAsync(OpenSpace open)
    {
        try
        {
            var folder = open.Folder;
            var (cursor, state, indexed) = await central.StateAsync(folder.Number).ConfigureAwait(false);
            if (state == SpaceRegistry.Deleted)
            {
                throw ApiRefusal.NotFound("space", folder.Id);
            }

            if (!File.Exists(folder.Database))
            {
                // Opening would make an empty one in its place.
                throw StorageFault.Unavailable(folder.Subject, "its database is missing", "Restore its folder from a backup.");
            }

            await BringUpAsync(open).ConfigureAwait(false);
            var last = await open.File.ReadAsync(
                connection => connection.Number("SELECT max(sequence) FROM outbox"), CancellationToken.None).ConfigureAwait(false);
            open.Relayed = cursor;
            open.JobsIndexed = indexed;
            if (last > cursor)
            {
                NewsFound(folder);
            }

            open.Ready.TrySetResult();
        }
        catch (Exception fault)
        {
            Break(open);
            open.Ready.TrySetException(
                fault is not SqliteException sqlite ? fault
                : StorageFault.Of(sqlite) is { } said ? said(open.Folder.Subject)
                : StorageFault.Unavailable(open.Folder.Subject, "its tables are not those of its format", "Restore it from a backup.", sqlite));
        }
    }

    /// <summary>A file of an older version gets the steps it lacks; what no version of this program wrote, or a newer one, is not touched.</summary>
    private static async Task BringUpAsync(OpenSpace open)
    {
        var folder = open.Folder;
        if (CutOff.Is(folder.Database))
        {
            throw StorageFault.Unavailable(folder.Subject, "its database has lost its end", "Restore it from a backup.");
        }

        var version = await open.File.ReadAsync(Migrations.VersionOf, CancellationToken.None).ConfigureAwait(false);
        if (version < 1 || version > SpaceSchema.Steps.Version)
        {
            throw StorageFault.Unavailable(
                folder.Subject,
                $"its database has format {version}, this program knows 1 to {SpaceSchema.Steps.Version}",
                "Restore it from a backup, or start the program that wrote it.");
        }

        try
        {
            await SpaceSchema.Steps.BringUpAsync(open.File, CancellationToken.None).ConfigureAwait(false);
        }
        catch (MigrationException fault)
        {
            throw StorageFault.Unavailable(folder.Subject, fault.Message, "Restore it from a backup, or start the program that wrote it.", fault);
        }
    }
}
