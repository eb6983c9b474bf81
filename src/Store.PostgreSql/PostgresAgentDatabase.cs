using System.Data;
using System.Data.Common;
using Flatfile.Agent.Core.Drivers;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Flatfile.Agent.Store.PostgreSql;

/// <summary>A schema in PostgreSQL that several agents share.</summary>
/// <remarks>
/// What meets a clash or finds the server away is asked again for the time of its patience. A commit whose answer was lost is never asked
/// again blindly: the server is asked what became of its transaction.
/// </remarks>
internal sealed partial class PostgresAgentDatabase(IOptions<AgentOptions> options, TimeProvider time, ILogger<PostgresAgentDatabase> log) : AgentDatabase
{
    public const string KindName = "PostgreSql";

    private const int OldestServer = 13;
    private const int Readers = 8;

    /// <summary>Seconds an answer to the thread of the leases may take.</summary>
    private const int OwnAnswer = 5;

    // More take more round trips off each other, but hold more rows at once.
    private const int Committers = 2;

    private readonly SemaphoreSlim _reading = new(Readers, Readers);
    private readonly Lock _ownThread = new();
    private NpgsqlConnection? _own;
    private NpgsqlDataSource? _source;

    public override string Kind => KindName;

    public override bool IsShared => true;

    public override string Now => "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";

    public PostgresSettings Settings { get; } = new(options.Value.Store);

    protected override int Writers => Committers;

    public override IEnumerable<string> FaultsInSettings() => Settings.Faults();

    public override async Task<T> ReadAsync<T>(Func<DbConnection, T> read, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await InPatienceAsync(() => ReadOnceAsync(read, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _reading.Release();
        }
    }

    protected override async Task OpenOnceAsync(CancellationToken cancellationToken)
    {
        if (Settings.Faults().ToList() is { Count: > 0 } faults)
        {
            throw new AgentStartException(faults);
        }

        var source = Settings.Source(Readers + Committers + 1);
        try
        {
            await PrepareAsync(source, cancellationToken).ConfigureAwait(false);
            _source = source;
        }
        catch (Exception fault)
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw PostgresFaults.Lasting(fault, Settings) is { } lasting ? lasting
                : PostgresFaults.IsAway(fault) || PostgresFaults.IsClash(fault) ? PostgresFaults.Away(fault, Settings)
                : fault;
        }
    }

    protected override Task CommitAsync(Action<DbConnection> write) =>
        InPatienceAsync(() => CommitOnceAsync(write), CancellationToken.None);

    /// <summary>Over a connection of its own, as one of the common ones may wait for a thread of the pool to give it back.</summary>
    protected override T CommitNow<T>(Func<DbConnection, T> write)
    {
        lock (_ownThread)
        {
            try
            {
                if (_own is null)
                {
                    _own = Settings.Single("flatfile-agent leases", OwnAnswer);
                    _own.Open();
                }

                using var transaction = _own.BeginTransaction(IsolationLevel.ReadCommitted);
                var result = write(_own);
                transaction.Commit();
                return result;
            }
            catch
            {
                _own?.Dispose();
                _own = null;
                throw;
            }
        }
    }

    protected override void Lock(DbConnection connection, IReadOnlyCollection<string> keys)
    {
        // One after the other in one order for all agents, so that two groups never wait for each other.
        connection.Run(
            "SELECT pg_advisory_xact_lock(key) FROM (SELECT DISTINCT hashtextextended(@schema || ' ' || name, 0) AS key FROM unnest(@names) AS name ORDER BY key) AS keys",
            ("@schema", Settings.Schema), ("@names", keys.ToArray()));
    }

    protected override async ValueTask CloseAsync()
    {
        if (_source is not null)
        {
            await _source.DisposeAsync().ConfigureAwait(false);
        }

        lock (_ownThread)
        {
            _own?.Dispose();
            _own = null;
        }

        _reading.Dispose();
    }

    private async Task PrepareAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        if (connection.PostgreSqlVersion.Major < OldestServer)
        {
            throw new AgentStartException([
                $"The agent's store is PostgreSQL {connection.PostgreSqlVersion}: {Settings.Place}. It must be {OldestServer} or newer. Upgrade it, or name another server in Agent:Store:ConnectionString."]);
        }

        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        PostgresSchema.Apply(connection, Settings.Schema);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> ReadOnceAsync<T>(Func<DbConnection, T> read, CancellationToken cancellationToken)
    {
        await using var connection = await Opened(_source).OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        var result = read(connection);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    private async Task<bool> CommitOnceAsync(Action<DbConnection> write)
    {
        await using var connection = await Opened(_source).OpenConnectionAsync().ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted).ConfigureAwait(false);
        write(connection);
        var id = connection.Query("SELECT CAST(pg_current_xact_id_if_assigned() AS TEXT)", r => r.TextOrNull(0))[0];
        try
        {
            await transaction.CommitAsync().ConfigureAwait(false);
        }
        catch (Exception fault) when (id is not null && !PostgresFaults.IsSurelyRolledBack(fault))
        {
            AnswerLost(log, id);
            if (!await WasCommittedAsync(id).ConfigureAwait(false))
            {
                throw;
            }
        }

        return true;
    }

    /// <summary>What became of a transaction whose answer was lost.</summary>
    private Task<bool> WasCommittedAsync(string id) => InPatienceAsync(async () =>
    {
        await using var connection = await Opened(_source).OpenConnectionAsync().ConfigureAwait(false);
        return connection.Query("SELECT pg_xact_status(CAST(@id AS xid8))", r => r.TextOrNull(0), ("@id", id))[0] switch
        {
            "committed" => true,
            "aborted" => false,
            var undecided => throw new TimeoutException($"The server does not say yet what became of the transaction ({undecided ?? "forgotten"})."),
        };
    }, CancellationToken.None);

    /// <summary>Tries again while the server is away, for as long as it is worth while waiting.</summary>
    private async Task<T> InPatienceAsync<T>(Func<Task<T>> action, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var pause = new Pause(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1), time);
        for (var clashes = 0; ;)
        {
            try
            {
                return await action().ConfigureAwait(false);
            }
            catch (Exception fault) when (PostgresFaults.IsClash(fault) && clashes < 10)
            {
                clashes++;
            }
            catch (Exception fault) when (PostgresFaults.IsAway(fault) || PostgresFaults.IsClash(fault))
            {
                if (fault is StoreAwayException)
                {
                    throw;
                }

                if (time.GetElapsedTime(begun) > Settings.Patience || cancellationToken.IsCancellationRequested)
                {
                    throw PostgresFaults.Away(fault, Settings);
                }

                Retrying(log, PostgresFaults.Said(fault));
                await pause.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
