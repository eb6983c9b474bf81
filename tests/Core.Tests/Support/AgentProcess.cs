using Contracts.Support;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Drivers.InProcess;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Core.Tests.Support;

/// <summary>One life of an agent in a <see cref="World"/>. It can die: from then on nothing of it reaches the store or Flatfile.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    private static int s_keys;

    private readonly World _world;
    private readonly IHost _host;
    private readonly string _key;
    private volatile bool _dead;
    private bool _ended;

    private AgentProcess(World world, IHost host, string key)
    {
        _world = world;
        _host = host;
        _key = key;
    }

    /// <summary>Set when the process died by itself.</summary>
    public Signal Crashed { get; } = new("the process to die");

    public CollectingLog<AgentProcess> Log { get; private init; } = new();

    public TaskEngine Engine => (TaskEngine)_host.Services.GetRequiredService<IJobEngine>();

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Starts an agent.</summary>
    /// <param name="world">What it lives in.</param>
    /// <param name="crashBefore">The name of the write before which it dies.</param>
    /// <param name="crashAfter">The name of the write after whose commit it dies.</param>
    /// <param name="configure">Settings.</param>
    /// <param name="services">What else stands among the services.</param>
    public static async Task<AgentProcess> StartAsync(
        World world, string? crashBefore = null, string? crashAfter = null, Action<AgentOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var key = "sk_" + Interlocked.Increment(ref s_keys);
        var log = new CollectingLog<AgentProcess>();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(new CollectingProvider<AgentProcess>(log)).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddSingleton<IEventFeed>(world.Feed);
        builder.Services.AddSingleton<IJobEngine, TaskEngine>();
        builder.Services.AddAgent(o =>
        {
            o.Engine = "Task";
            o.DataFolder = world.Folder.Path;
            o.ShutdownGrace = TimeSpan.FromSeconds(5);
            o.Flatfile.ApiUrl = world.Flatfile.Address.AbsoluteUri;
            o.Flatfile.ApiKey = key;
            o.Events.FirstDelay = TimeSpan.FromMilliseconds(5);
            o.Jobs.FirstDelay = TimeSpan.FromMilliseconds(5);
            o.Jobs.NextDelay = TimeSpan.FromMilliseconds(10);
            configure?.Invoke(o);
        });
        services?.Invoke(builder.Services);
        builder.Services.AddHostedService(s => new Bind(s.GetRequiredService<HandlerCatalogSource>(), world));
        builder.Services.AddHostedService(_ => new Last(world));
        var process = new AgentProcess(world, builder.Build(), key) { Log = log };
        process.Get<AgentDatabase>().Probe = (write, committed) => process.Pass(write, committed, crashBefore, crashAfter);
        world.Agent = process;
        await process._host.StartAsync();
        return process;
    }

    /// <summary>The process dies here and now.</summary>
    public void Die()
    {
        _dead = true;
        _world.Flatfile.CutOff("Bearer " + _key);
        Crashed.Set();
    }

    /// <summary>Sweeps away what is left of a dead process, so that another one can start.</summary>
    public async Task KillAsync()
    {
        Die();
        await Get<ShutdownSignals>().HaltAsync();
        await EndAsync();
    }

    /// <summary>An orderly stop.</summary>
    public Task StopAsync() => EndAsync();

    public async ValueTask DisposeAsync() => await EndAsync();

    private async Task EndAsync()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        await Signal.WaitAsync(_host.StopAsync(), "the agent to stop");
        _host.Dispose();
    }

    private void Pass(string write, bool committed, string? crashBefore, string? crashAfter)
    {
        if (!_dead && write == (committed ? crashAfter : crashBefore))
        {
            Die();
        }

        if (_dead)
        {
            throw new InvalidOperationException("This process is dead.");
        }
    }

    /// <summary>Stands for the server in the same host: registered last, stopped first.</summary>
    private sealed class Last(World world) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            world.OtherServicesStop();
            return Task.CompletedTask;
        }
    }

    private sealed class Bind(HandlerCatalogSource catalogs, World world) : IHostedService
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
