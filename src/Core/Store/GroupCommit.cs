using System.Threading.Channels;
using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;

namespace Flatfile.Agent.Core.Store;

/// <summary>Gathers the writes that wait while one commit is being synced into the next one, so that many events share a sync.</summary>
/// <remarks>A write returns when it is durable. One that throws is rolled back alone; the others of its group stand.</remarks>
internal sealed class GroupCommit : IAsyncDisposable
{
    private const int GroupLimit = 256;

    private readonly SqliteFile _file;
    private readonly Channel<PendingWrite> _waiting = Channel.CreateBounded<PendingWrite>(
        new BoundedChannelOptions(4 * GroupLimit) { SingleReader = true });
    private readonly Task _loop;

    public GroupCommit(SqliteFile file)
    {
        _file = file;
        _loop = Task.Run(CommitAsync);
    }

    public async Task<T> RunAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken)
    {
        var pending = new PendingWrite<T>(write);
        await _waiting.Writer.WriteAsync(pending, cancellationToken).ConfigureAwait(false);
        return await pending.Committed.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
    }

    private async Task CommitAsync()
    {
        var group = new List<PendingWrite>(GroupLimit);
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (group.Count < GroupLimit && _waiting.Reader.TryRead(out var pending))
            {
                group.Add(pending);
            }

            try
            {
                await _file.WriteAsync(connection => RunGroup(connection, group), CancellationToken.None).ConfigureAwait(false);
                group.ForEach(w => w.Commit());
            }
            catch (Exception fault)
            {
                group.ForEach(w => w.Fail(fault));
            }

            group.Clear();
        }
    }

    private static void RunGroup(SqliteConnection connection, List<PendingWrite> group)
    {
        foreach (var pending in group)
        {
            connection.Run("SAVEPOINT one");
            try
            {
                pending.Run(connection);
            }
            catch (Exception fault)
            {
                connection.Run("ROLLBACK TO one");
                pending.Fail(fault);
            }

            connection.Run("RELEASE one");
        }
    }
}
