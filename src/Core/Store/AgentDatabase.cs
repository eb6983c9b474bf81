using System.Data.Common;

namespace Flatfile.Agent.Core.Store;

/// <summary>Everything the agent must still know after it died. Statements are written for SQLite and PostgreSQL alike.</summary>
/// <remarks>A write may be run again when its group was rolled back, so it does nothing but speak to the database.</remarks>
internal abstract class AgentDatabase : IAsyncDisposable
{
    private GroupCommit? _commits;
    private volatile bool _frozen;
    private volatile bool _takesNoWrites;

    /// <summary>Told before a write (false) and after its commit (true); tests let the process die there.</summary>
    public Action<string, bool>? Probe { get; set; }

    /// <summary>The name the setting <c>Agent:Store:Kind</c> uses.</summary>
    public abstract string Kind { get; }

    /// <summary>True when several agents work on it at once.</summary>
    public abstract bool IsShared { get; }

    /// <summary>An expression for the present time in milliseconds since 1970 by the database's own clock, which all agents share.</summary>
    public abstract string Now { get; }

    /// <summary>True from a write that failed as the store was away until the next one that did not.</summary>
    public bool TakesNoWrites => _takesNoWrites;

    /// <summary>Commits that may be under way beside each other.</summary>
    protected virtual int Writers => 1;

    /// <summary>What is wrong with its settings, a sentence each. Opens nothing.</summary>
    public virtual IEnumerable<string> FaultsInSettings() => [];

    /// <summary>Opens it, with the tables made where they are missing.</summary>
    /// <exception cref="Startup.AgentStartException">It cannot be used.</exception>
    /// <exception cref="StoreAwayException">It cannot be reached now.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_commits is not null)
        {
            return;
        }

        await OpenOnceAsync(cancellationToken).ConfigureAwait(false);
        _commits = new GroupCommit(write => _frozen ? Task.Delay(Timeout.Infinite) : CommitSeenAsync(write), Lock, Writers);
    }

    /// <summary>
    /// The process is about to die of a fault nobody caught: nothing more is committed, so that no handler that had to do with it is
    /// remembered as done.
    /// </summary>
    public void Freeze() => _frozen = true;

    /// <summary>Within a transaction that looks at the inbox's rows of an event or changes them, before it does.</summary>
    public virtual void SettleInbox(DbConnection connection, string eventId)
    {
    }

    /// <summary>Runs a read in one snapshot.</summary>
    public abstract Task<T> ReadAsync<T>(Func<DbConnection, T> read, CancellationToken cancellationToken);

    /// <summary>Durable when it returns. The name says what is written, for faults and tests.</summary>
    public Task<T> WriteAsync<T>(string name, Func<DbConnection, T> write, CancellationToken cancellationToken) =>
        RunAsync(name, new WorkWrite<T>(write), cancellationToken);

    /// <summary>Durable when it returns.</summary>
    public Task WriteAsync(string name, Action<DbConnection> write, CancellationToken cancellationToken) =>
        WriteAsync(name, connection =>
        {
            write(connection);
            return true;
        }, cancellationToken);

    /// <summary>Durable when it returns. No other such write of the same name and key runs at once, in any agent.</summary>
    public Task<T> WriteAloneAsync<T>(string name, string key, Func<DbConnection, T> write, CancellationToken cancellationToken) =>
        RunAsync(name, new WorkWrite<T>(write) { Alone = key }, cancellationToken);

    /// <summary>Runs one statement, durable when it returns, and returns the number of rows it changed. Many at once share a round trip.</summary>
    public Task<int> RunAsync(string name, string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters) =>
        RunAsync(name, new CountedStatement(sql, parameters), cancellationToken);

    /// <summary>Runs one changing statement that returns rows, durable when it returns. Many at once share a round trip.</summary>
    public Task<List<T>> RunAsync<T>(
        string name, string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters) =>
        RunAsync(name, new ReadingStatement<T>(sql, read, parameters), cancellationToken);

    /// <summary>
    /// Durable when it returns, and done by the calling thread alone: for what must go on while code of plugins blocks every thread of the pool.
    /// </summary>
    public T WriteNow<T>(string name, Func<DbConnection, T> write)
    {
        if (_frozen)
        {
            throw new InvalidOperationException("The process is about to end; nothing more is written.");
        }

        Probe?.Invoke(name, false);
        var result = CommitNow(write);
        Probe?.Invoke(name, true);
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        if (_commits is not null)
        {
            await _commits.DisposeAsync().ConfigureAwait(false);
        }

        await CloseAsync().ConfigureAwait(false);
    }

    protected static T Opened<T>(T? part) where T : class =>
        part ?? throw new InvalidOperationException("The agent's store is used before it was opened; the agent opens it when the host starts.");

    protected abstract Task OpenOnceAsync(CancellationToken cancellationToken);

    /// <summary>Runs a write in one transaction of its own that is durable when it returns.</summary>
    protected abstract Task CommitAsync(Action<DbConnection> write);

    /// <summary>Runs a write in one transaction of its own on the calling thread.</summary>
    protected abstract T CommitNow<T>(Func<DbConnection, T> write);

    /// <summary>Keeps other agents' writes of the same keys away until the end of the transaction.</summary>
    protected virtual void Lock(DbConnection connection, IReadOnlyCollection<string> keys)
    {
    }

    protected abstract ValueTask CloseAsync();

    private async Task CommitSeenAsync(Action<DbConnection> write)
    {
        try
        {
            await CommitAsync(write).ConfigureAwait(false);
            _takesNoWrites = false;
        }
        catch (StoreAwayException)
        {
            _takesNoWrites = true;
            throw;
        }
    }

    private async Task<T> RunAsync<T>(string name, PendingWrite<T> write, CancellationToken cancellationToken)
    {
        Probe?.Invoke(name, false);
        var result = await Opened(_commits).RunAsync(write, cancellationToken).ConfigureAwait(false);
        Probe?.Invoke(name, true);
        return result;
    }
}
