using System.Data.Common;
using System.Threading.Channels;

namespace Flatfile.Agent.Core.Store;

/// <summary>Gathers the writes that wait while one commit is being synced into the next one, so that many events share a sync.</summary>
/// <remarks>
/// A write returns when it is durable. A group runs without savepoints, its single statements in one round trip; only when one of its
/// writes throws it is rolled back and run again with a savepoint before each, so that the one fails alone and the others stand.
/// </remarks>
internal sealed class GroupCommit : IAsyncDisposable
{
    private const int GroupLimit = 256;

    private readonly Func<Action<DbConnection>, Task> _commit;
    private readonly Action<DbConnection, IReadOnlyCollection<string>> _lock;
    private readonly Channel<PendingWrite> _waiting = Channel.CreateBounded<PendingWrite>(4 * GroupLimit);
    private readonly Task _loops;

    /// <param name="commit">Runs a write alone, in one transaction that is durable when it returns.</param>
    /// <param name="lock">Keeps others away from keys until the end of the transaction.</param>
    /// <param name="writers">Commits beside each other.</param>
    public GroupCommit(Func<Action<DbConnection>, Task> commit, Action<DbConnection, IReadOnlyCollection<string>> @lock, int writers)
    {
        _commit = commit;
        _lock = @lock;
        _loops = Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(CommitAsync)));
    }

    public async Task<T> RunAsync<T>(PendingWrite<T> write, CancellationToken cancellationToken)
    {
        await _waiting.Writer.WriteAsync(write, cancellationToken).ConfigureAwait(false);
        return await write.Committed.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loops.ConfigureAwait(false);
    }

    private async Task CommitAsync()
    {
        using var kept = new KeptCommands();
        var group = new List<PendingWrite>(GroupLimit);
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            // Whoever the last commit let go on gets its turn first: what it writes next belongs into this group.
            await Task.Yield();

            while (group.Count < GroupLimit && _waiting.Reader.TryRead(out var pending))
            {
                group.Add(pending);
            }

            // Another writer may have taken them all meanwhile.
            if (group.Count > 0)
            {
                await CommitAsync(group, kept).ConfigureAwait(false);
                group.Clear();
            }
        }
    }

    private async Task CommitAsync(List<PendingWrite> group, KeptCommands kept)
    {
        try
        {
            await _commit(connection => RunTogether(connection, group, kept)).ConfigureAwait(false);
        }
        catch (Exception fault) when (group.Count > 1 && fault is not StoreAwayException)
        {
            await CommitOneByOneAsync(group).ConfigureAwait(false);
            return;
        }
        catch (Exception fault)
        {
            group.ForEach(w => w.Fail(fault));
            return;
        }

        group.ForEach(w => w.Commit());
    }

    private async Task CommitOneByOneAsync(List<PendingWrite> group)
    {
        var failed = new Dictionary<PendingWrite, Exception>();
        try
        {
            await _commit(connection =>
            {
                failed.Clear();
                RunOneByOne(connection, group, failed);
            }).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            group.ForEach(w => w.Fail(failed.GetValueOrDefault(w, fault)));
            return;
        }

        foreach (var write in group)
        {
            if (failed.TryGetValue(write, out var fault))
            {
                write.Fail(fault);
            }
            else
            {
                write.Commit();
            }
        }
    }

    private void RunTogether(DbConnection connection, List<PendingWrite> group, KeptCommands kept)
    {
        LockKeys(connection, group);
        var statements = connection.CanCreateBatch ? group.OfType<IStatementWrite>().ToList() : [];
        if (statements.Count > 1)
        {
            RunBatch(connection, statements);
        }

        foreach (var write in group)
        {
            if (write is not IStatementWrite statement)
            {
                write.Run(connection);
            }
            else if (statements.Count <= 1)
            {
                statement.Run(kept.Get(connection, statement.Sql, statement.Parameters));
            }
        }
    }

    private void RunOneByOne(DbConnection connection, List<PendingWrite> group, Dictionary<PendingWrite, Exception> failed)
    {
        LockKeys(connection, group);
        foreach (var pending in group)
        {
            connection.Run("SAVEPOINT one");
            try
            {
                pending.Run(connection);
            }
            catch (Exception fault)
            {
                failed[pending] = fault;
                connection.Run("ROLLBACK TO SAVEPOINT one");
            }

            connection.Run("RELEASE SAVEPOINT one");
        }
    }

    /// <summary>All at the beginning, as two groups that take them one by one could wait for each other.</summary>
    private void LockKeys(DbConnection connection, List<PendingWrite> group)
    {
        var keys = group.Where(w => w.Alone is not null).Select(w => w.Alone!).Distinct(StringComparer.Ordinal).ToList();
        if (keys.Count > 0)
        {
            _lock(connection, keys);
        }
    }

    private static void RunBatch(DbConnection connection, List<IStatementWrite> statements)
    {
        using var batch = connection.CreateBatch();
        foreach (var statement in statements)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = statement.Sql;
            foreach (var (name, value) in statement.Parameters)
            {
                command.Parameters.Add(Statements.Named(command.CreateParameter(), name, value));
            }

            batch.BatchCommands.Add(command);
        }

        using (var rows = batch.ExecuteReader())
        {
            // Statements without rows have no result to go through.
            var first = true;
            foreach (var statement in statements.Where(s => s.Reads))
            {
                if (!first)
                {
                    rows.NextResult();
                }

                first = false;
                statement.Take(rows);
            }

            while (rows.NextResult())
            {
            }
        }

        for (var i = 0; i < statements.Count; i++)
        {
            statements[i].Take(batch.BatchCommands[i].RecordsAffected);
        }
    }
}
