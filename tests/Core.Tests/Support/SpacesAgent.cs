using Contracts.Support;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Core.Tests.Support;

/// <summary>One life of an agent in a <see cref="SpacesWorld"/>. It can die: from then on nothing of it reaches its store or the server.</summary>
internal sealed class SpacesAgent : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly TcpProxy _way;
    private int _writes;
    private volatile bool _dead;

    private SpacesAgent(IHost host, TcpProxy way)
    {
        _host = host;
        _way = way;
    }

    /// <summary>Set when it died by itself.</summary>
    public Signal Crashed { get; } = new("the agent to die");

    public CollectingLog<SpacesAgent> Log { get; private init; } = new();

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Starts an agent.</summary>
    /// <param name="world">What it lives in.</param>
    /// <param name="dieAt">Told of each write about tickets by its name, whether it is committed, and how many there were of this life; true kills.</param>
    /// <param name="configure">Settings.</param>
    public static async Task<SpacesAgent> StartAsync(SpacesWorld world, Func<string, bool, int, bool>? dieAt = null, Action<AgentOptions>? configure = null)
    {
        var way = new TcpProxy(world.Address.Port);
        var log = new CollectingLog<SpacesAgent>();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(new CollectingProvider<SpacesAgent>(log)).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddSingleton<IJobEngine, TaskEngine>();
        builder.Services.AddAgent(o =>
        {
            o.Engine = "Task";
            o.Driver = "SpacesStream";
            o.DataFolder = world.Folder.Path;
            o.ShutdownGrace = TimeSpan.FromSeconds(5);
            o.Flatfile.ApiUrl = $"http://127.0.0.1:{way.Port}";
            o.Flatfile.ApiKey = world.Key;
            o.Jobs.FirstDelay = TimeSpan.FromMilliseconds(5);
            o.Jobs.NextDelay = TimeSpan.FromMilliseconds(10);
            o.Jobs.PartsCheck = TimeSpan.FromMilliseconds(100);
            o.Jobs.CancelCheck = TimeSpan.FromMilliseconds(300);
            configure?.Invoke(o);
        });
        builder.Services.AddHostedService(s => new Bind(s.GetRequiredService<HandlerCatalogSource>(), world));
        var agent = new SpacesAgent(builder.Build(), way) { Log = log };
        agent.Get<AgentDatabase>().Probe = (write, committed) => agent.Pass(write, committed, dieAt);
        world.Agent = agent;
        await agent._host.StartAsync();
        return agent;
    }

    /// <summary>It dies here and now.</summary>
    public void Die()
    {
        _dead = true;
        _ = _way.Break();
        Crashed.Set();
    }

    public async Task StopAsync() => await Signal.WaitAsync(_host.StopAsync(), "the agent to stop");

    public async ValueTask DisposeAsync()
    {
        if (_dead)
        {
            await Get<ShutdownSignals>().HaltAsync();
        }

        await StopAsync();
        _host.Dispose();
        await _way.DisposeAsync();
    }

    private void Pass(string write, bool committed, Func<string, bool, int, bool>? dieAt)
    {
        if (!_dead && write.StartsWith("ticket.", StringComparison.Ordinal)
            && dieAt?.Invoke(write, committed, committed ? _writes : Interlocked.Increment(ref _writes)) == true)
        {
            Die();
        }

        if (_dead)
        {
            throw new InvalidOperationException("This process is dead.");
        }
    }

    private sealed class Bind(HandlerCatalogSource catalogs, SpacesWorld world) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            if (world.Bindings.Count > 0)
            {
                catalogs.Replace(new HandlerCatalog(world.Bindings));
            }

            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
