using System.Diagnostics;
using System.Globalization;
using Flatfile.Agent;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Flatfile.Agent.Drivers.RabbitMq;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmarks;

/// <summary>The agent's pipeline with its store on disk and three handlers that only say that they were called.</summary>
internal sealed class BenchAgent : IAsyncDisposable
{
    /// <summary>What the handlers are bound to.</summary>
    public const string Topic = "commit:created";

    private readonly Scratch _scratch;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _handled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _receiving = Task.CompletedTask;
    private long _calls;
    private long _wanted = long.MaxValue;

    private BenchAgent(ServiceProvider provider, Scratch scratch)
    {
        Provider = provider;
        _scratch = scratch;
    }

    public ServiceProvider Provider { get; }

    /// <summary>Called as each handler begins, with the event's id.</summary>
    public Action<string>? Begun { get; set; }

    /// <summary>The services of an agent with these settings, and with more if told.</summary>
    public static ServiceProvider Services(IReadOnlyDictionary<string, string?> settings, string folder = ".", Action<IServiceCollection>? more = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection();
        more?.Invoke(services);
        services.AddAgent(configuration, o =>
        {
            o.DataFolder = folder;
            o.Flatfile.ApiUrl = "http://localhost:1";
        });
        services.AddRabbitMqDriver(configuration);
        return services.BuildServiceProvider();
    }

    public static async Task<BenchAgent> StartAsync(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null)
    {
        var scratch = new Scratch();
        var agent = new BenchAgent(Services(settings, scratch.Path, more), scratch);
        await agent.Provider.GetRequiredService<AgentDatabase>().OpenAsync(CancellationToken.None);
        var listener = new FlatfileListener();
        for (var i = 0; i < 3; i++)
        {
            listener.On(Topic, agent.HandleAsync);
        }

        agent.Provider.GetRequiredService<HandlerCatalogSource>().Replace(new HandlerCatalog(ListenerBindings.Of(listener, "bench", "listener")));
        return agent;
    }

    /// <summary>Lets a driver bring events to the pipeline.</summary>
    public void Receive(string driver)
    {
        var pipeline = Provider.GetRequiredService<EventPipeline>();
        var chosen = Provider.GetServices<IEventDriver>().Single(d => d.Name == driver);
        _receiving = Task.Run(() => chosen.ReceiveAsync((delivery, _) => pipeline.ProcessAsync(delivery), _stop.Token));
    }

    /// <summary>Returns when so many handlers were called.</summary>
    public Task HandledAsync(long calls)
    {
        Volatile.Write(ref _wanted, calls);
        if (Interlocked.Read(ref _calls) >= calls)
        {
            _handled.TrySetResult();
        }

        return _handled.Task.WaitAsync(TimeSpan.FromMinutes(5));
    }

    /// <summary>The median of the times from publication to the start of the first handler, one event after the other, in milliseconds.</summary>
    public async Task<double> LatencyAsync(int probes, Func<int, Task> publish)
    {
        var times = new List<double>();
        for (var i = -20; i < probes; i++)
        {
            var begun = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            Begun = _ => begun.TrySetResult(Stopwatch.GetTimestamp());
            var sent = Stopwatch.GetTimestamp();
            await publish(i + 20);
            var time = Stopwatch.GetElapsedTime(sent, await begun.Task.WaitAsync(TimeSpan.FromSeconds(30))).TotalMilliseconds;
            if (i >= 0)
            {
                times.Add(time);
            }

            Begun = null;
        }

        return times.Order().ElementAt(times.Count / 2);
    }

    public static string Text(string name, long number, int spaces) => string.Create(CultureInfo.InvariantCulture,
        $$$"""{"id":"us_evt_{{{name}}}_{{{number}}}","topic":"{{{Topic}}}","domain":"workbook","context":{"environmentId":"us_env_1","spaceId":"us_sp_{{{number % spaces}}}","sheetSlug":"contacts"},"payload":{"count":12}}""");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _receiving.ContinueWith(_ => { }, TaskScheduler.Default);
        await Provider.DisposeAsync();
        _scratch.Dispose();
        _stop.Dispose();
    }

    private Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        Begun?.Invoke(context.Event.Id);
        if (Interlocked.Increment(ref _calls) == Volatile.Read(ref _wanted))
        {
            _handled.TrySetResult();
        }

        return Task.CompletedTask;
    }
}
