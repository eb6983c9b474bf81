using System.Data.Common;
using Contracts.Services;
using Contracts.Store;
using Contracts.Support;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Flatfile.Agent.Store.PostgreSql;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Store.PostgreSql.Tests.Support;

namespace Store.PostgreSql.Tests;

/// <summary>Jobs run while the store answers slowly, or has no connection free: they keep their leases, as the leases have a connection of their own.</summary>
[Collection(PostgresCollection.Name)]
public sealed class SlowStoreTests(PostgresFixture fixture) : IAsyncLifetime
{
    private const int Runs = 16;

    // Three tenths of what is the rule, with a store that needs 600 ms for each question instead of two seconds.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(600);
    private static readonly NodeTimes Times = new() { Life = TimeSpan.FromSeconds(9), Answer = TimeSpan.FromSeconds(1.5), Silence = TimeSpan.FromSeconds(1.5), Grace = TimeSpan.FromMilliseconds(900) };

    private string _database = null!;
    private TcpProxy _way = null!;
    private StoreNode? _node;
    private StoreNode _other = null!;

    public async Task InitializeAsync()
    {
        if (PostgresCluster.Missing is not null)
        {
            return;
        }

        _database = await fixture.Cluster.CreateDatabaseAsync();
        _way = new TcpProxy(fixture.Cluster.Port);
        _other = await PostgresNode.OpenAsync(fixture.Cluster.ConnectionString(_database), Times);
    }

    public async Task DisposeAsync()
    {
        if (PostgresCluster.Missing is not null)
        {
            return;
        }

        _way.Delay = TimeSpan.Zero;
        if (_node is not null)
        {
            await PostgresNode.CloseAsync(_node);
        }

        await PostgresNode.CloseAsync(_other);
        await _way.DisposeAsync();
    }

    [PostgresFact]
    [Trait("Row", "F-03")]
    public Task A_store_that_answers_slowly_costs_no_lease() => KeepsItsLeaseAsync(_way.Port, _ =>
    {
        _way.Delay = Slowness;
        return Task.CompletedTask;
    });

    [PostgresFact]
    [Trait("Row", "F-03")]
    public Task Connections_that_are_all_in_use_cost_no_lease() => KeepsItsLeaseAsync(fixture.Cluster.Port, async node =>
    {
        // As many reads and writes as may be under way at once, each longer than the test looks on.
        // Each holds a thread of the pool, which would grow too slowly by itself.
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(threads, 32), ports);
        for (var i = 0; i < 8; i++)
        {
            _ = Task.Run(() => node.Database.ReadAsync(Sleep, CancellationToken.None));
        }

        for (var i = 0; i < 2; i++)
        {
            var before = 8 + i;
            await Signal.UntilAsync(async () => await SleepersAsync() >= before, "the connections before to be in use");
            _ = Task.Run(() => node.Database.WriteAsync("busy", Sleep, CancellationToken.None));
        }

        await Signal.UntilAsync(async () => await SleepersAsync() == 10, "every connection to be in use");
        Assert.False(node.Database.ReadAsync(c => c.Query("SELECT 1", r => r.GetInt32(0)), CancellationToken.None).IsCompleted);
        Assert.Equal(10, await SleepersAsync());
    });

    private Task<int> SleepersAsync() => _other.Database.ReadAsync(
        c => c.Query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep%' AND state = 'active' AND pid <> pg_backend_pid()", r => r.GetInt32(0))[0], CancellationToken.None);

    private static bool Sleep(DbConnection connection)
    {
        connection.Run("SELECT pg_sleep(20)");
        return true;
    }

    /// <summary>Lets runs keep their leases for longer than they last under a fault, watched by another node with a good way of its own.</summary>
    private async Task KeepsItsLeaseAsync(int port, Func<StoreNode, Task> breakAsync)
    {
        var node = _node = await PostgresNode.OpenAsync(fixture.Cluster.ConnectionString(_database, port), Times);
        var options = Options.Create(new AgentOptions());
        options.Value.Jobs.Lease = Lease;
        using var leases = new LeaseThread(node.Tickets, options, TimeProvider.System, NullLogger<LeaseThread>.Instance);
        var owned = node.Owner.Current;
        var runs = new List<RunControl>();
        foreach (var number in Enumerable.Range(1, Runs).Select(i => $"{i}"))
        {
            await node.AddAsync(number, "lane_" + number);
            var claimedAt = TimeProvider.System.GetTimestamp();
            var ticket = (await node.ClaimAsync(number, Lease)).Ticket!;
            var run = new RunControl(new RunFence(node.Owner), new RunLease(ticket, node.Tickets, claimedAt, Lease, TimeProvider.System), new StoredJobNotes(node.Database), TimeProvider.System);
            runs.Add(run);
            leases.Keep(run);
        }

        await breakAsync(node);
        var (looks, begun) = (0, TimeProvider.System.GetTimestamp());
        await Signal.UntilAsync(
            async () =>
            {
                looks++;
                Assert.Equal(ClaimAnswer.Running, (await _other.ClaimAsync($"{1 + (looks % Runs)}")).Answer);
                Assert.Equal(0, await _other.Tickets.RecoverAsync(TimeSpan.Zero, CancellationToken.None));
                Assert.All(runs, run => Assert.True(run.Lease.IsSure, "The run does not believe in its lease any more."));
                return TimeProvider.System.GetElapsedTime(begun) > Lease * 1.5;
            },
            "a lease and a half to pass");

        Assert.True(looks > 20, $"Looked only {looks} times.");
        Assert.All(runs, run => Assert.Equal(RunEndCause.None, run.Cause));
        Assert.False(owned.Lost.IsCancellationRequested);
        Assert.Equal(owned.Id, node.Owner.Id);
    }
}
