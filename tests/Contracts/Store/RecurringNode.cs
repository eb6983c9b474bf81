using Contracts.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Recurring;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Contracts.Store;

/// <summary>The clock for recurring work of one agent among several on a store. It can die: from then on it renews nothing and is no node.</summary>
internal sealed class RecurringNode : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly Mortal _leases;
    private Task _running = Task.CompletedTask;

    private RecurringNode(ServiceProvider services, Mortal leases)
    {
        _services = services;
        _leases = leases;
    }

    public string Owner => Get<AgentOwner>().Id;

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public static async Task<RecurringNode> StartAsync(AgentDatabase database, TimeProvider time, TimeSpan takeover, RecurringBinding binding)
    {
        var leases = new Mortal(new StoredLeases(database));
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddSingleton<ILeases>(leases);
        services.AddSingleton(database);
        services.AddSingleton(binding);
        services.AddAgent(o => o.RecurringTakeover = takeover);
        var node = new RecurringNode(services.BuildServiceProvider(), leases);
        await node.EnterAsync(database);
        node._running = Task.Run(node.Get<RecurringClock>().RunAsync);
        return node;
    }

    /// <summary>The process is gone for the others. What it was at goes on here as that of a paused one would.</summary>
    public async Task DieAsync()
    {
        _leases.Die();
        await Get<AgentDatabase>().WriteAsync("die", c => { c.Run("DELETE FROM nodes WHERE owner = @owner", ("@owner", Owner)); }, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Get<ShutdownSignals>().HaltAsync();
        await Signal.WaitAsync(_running, "the clock to end");
        await Get<AgentDatabase>().WriteAsync("leave", c => { c.Run("DELETE FROM nodes WHERE owner = @owner", ("@owner", Owner)); }, CancellationToken.None);

        // The database is the harness's.
        Get<ShutdownSignals>().Dispose();
    }

    private Task EnterAsync(AgentDatabase database) => database.WriteAsync("enter", c =>
    {
        c.Run(
            "INSERT INTO nodes(owner, name, alive_until) VALUES(@owner, 'test', @until)",
            ("@owner", Owner), ("@until", DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
    }, CancellationToken.None);

    private sealed class Mortal(ILeases leases) : ILeases
    {
        private volatile bool _dead;

        public void Die() => _dead = true;

        public Task<Lease?> TakeAsync(string name, string owner, TimeSpan duration, CancellationToken cancellationToken) =>
            _dead ? Task.FromResult<Lease?>(null) : leases.TakeAsync(name, owner, duration, cancellationToken);

        public Task<bool> RenewAsync(Lease lease, TimeSpan duration, CancellationToken cancellationToken) =>
            _dead ? throw new IOException("dead") : leases.RenewAsync(lease, duration, cancellationToken);

        public Task GiveBackAsync(Lease lease, CancellationToken cancellationToken) =>
            _dead ? Task.CompletedTask : leases.GiveBackAsync(lease, cancellationToken);
    }
}
