using Flatfile.Spaces.Events;
using Flatfile.Spaces.Usage;

namespace Flatfile.Spaces.Storage;

/// <summary>One space: its own folder with its own database and files. Light; the database is opened when needed.</summary>
internal sealed class SpaceFolder(long number, string environmentId, string path, SpaceShelf shelf, EventRelay relay, CentralStore central, TimeProvider time)
{
    /// <summary>The number in every id of this space.</summary>
    public long Number { get; } = number;

    public string Id { get; } = DataFolder.SpaceId(number);

    /// <summary>For messages.</summary>
    public string Subject => "Space " + Id;

    public string EnvironmentId { get; } = environmentId;

    public string AccountId => central.AccountId;

    /// <summary>The server's settings.</summary>
    public SpacesOptions Options => shelf.Options;

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>The database.</summary>
    public string Database => System.IO.Path.Combine(Path, "space.db");

    /// <summary>Where uploaded bytes lie.</summary>
    public string Files => System.IO.Path.Combine(Path, "files");

    /// <summary>Runs a read in one snapshot, beside other reads and a write.</summary>
    public async Task<T> ReadAsync<T>(Func<SpaceRead, T> read, CancellationToken cancellationToken)
    {
        var use = await shelf.OpenAsync(this, cancellationToken).ConfigureAwait(false);
        await using var closing = use.ConfigureAwait(false);
        return await use.GuardAsync(
            () => use.File.ReadAsync(connection => read(new SpaceRead(connection, this)), cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Keeps the database open for an answer that streams from it; the caller disposes.</summary>
    public Task<SpaceUse> RentAsync(CancellationToken cancellationToken) => shelf.OpenAsync(this, cancellationToken);

    /// <summary>Runs a write alone; its changes and its events are committed in one transaction, or none of them is.</summary>
    public async Task<T> WriteAsync<T>(string actorId, Func<SpaceWrite, T> write, CancellationToken cancellationToken)
    {
        var use = await shelf.OpenAsync(this, cancellationToken).ConfigureAwait(false);
        await using var closing = use.ConfigureAwait(false);
        try
        {
            return await WriteAsync(use, actorId, write, cancellationToken).ConfigureAwait(false);
        }
        catch (LimitRefusal refusal)
        {
            await WriteAsync(use, actorId, change =>
            {
                LimitGuard.Announce(change, refusal);
                return true;
            }, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        finally
        {
            // Also after a failure: the commit may have happened before it.
            relay.MarkDirty(this);
        }
    }

    private Task<T> WriteAsync<T>(SpaceUse use, string actorId, Func<SpaceWrite, T> write, CancellationToken cancellationToken) =>
        use.GuardAsync(() => use.File.WriteAsync(
            connection =>
            {
                var change = new SpaceWrite(connection, this, actorId, time.GetUtcNow(), use.Relayed);
                var result = write(change);
                change.Finish();
                return result;
            },
            cancellationToken));
}
