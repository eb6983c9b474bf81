using System.Diagnostics;
using Contracts.Jobs;
using Contracts.Services;
using Flatfile.Agent;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Flatfile.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmarks;

/// <summary>Jobs that do nothing, through the runner against Spaces (ticket, lease, acknowledge, complete), beside the same engine with a runner that only counts.</summary>
internal static class EngineBenchmark
{
    private const int Jobs = 1_000;

    /// <summary>Before anything is measured, both ways: what is compared is code that has run for a while.</summary>
    private const int WarmUp = 300;

    private const int AtOnce = 8;

    /// <summary>Jobs of one space run one after the other, so those that run at once are of different ones.</summary>
    private const int Spaces = 50;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var data = new Scratch();
        await using var served = await ServedHost.StartAsync(data.Path);
        var flatfile = new FlatfileClientOptions { BaseAddress = served.Http.BaseAddress!, Token = served.Http.DefaultRequestHeaders.Authorization!.Parameter };
        using var client = new FlatfileClient(flatfile);
        var spaces = new List<string>();
        for (var i = 0; i < Spaces; i++)
        {
            spaces.Add((await client.Spaces.CreateAsync(new SpaceConfig { Name = "bench" })).Id);
        }

        var figures = new List<Figure>();
        using (var folder = new Scratch())
        {
            figures.AddRange(await MeasureAsync("Quartz on SQLite", client, flatfile, spaces, options => options.DataFolder = folder.Path));
        }

        if (PostgresCluster.Missing is { } missing)
        {
            return [.. figures, new Figure("engines on PostgreSQL", "not run", missing)];
        }

        await using var cluster = await PostgresCluster.StartAsync("fsync = on", "max_connections = 200");
        foreach (var engine in EngineServices.OnPostgres)
        {
            var address = cluster.ConnectionString(await cluster.CreateDatabaseAsync());
            figures.AddRange(await MeasureAsync($"{engine} on PostgreSQL", client, flatfile, spaces, options =>
            {
                options.Engine = engine;
                options.Store.Kind = "PostgreSql";
                options.Store.ConnectionString = address;
            }));
        }

        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(
        string name, FlatfileClient client, FlatfileClientOptions flatfile, IReadOnlyList<string> spaces, Action<AgentOptions> set)
    {
        await BareAsync(set, flatfile, WarmUp);
        await WholeAsync(set, client, flatfile, spaces, WarmUp);
        var (bareRate, latency) = await BareAsync(set, flatfile, Jobs);
        var (rate, checkpoint) = await WholeAsync(set, client, flatfile, spaces, Jobs);
        return
        [
            new Figure($"jobs that do nothing, {name}, {AtOnce} at once", $"{rate:N0} per s", $"the engine alone {bareRate:N0} per s", $"{100 * rate / bareRate:N0} %"),
            new Figure($"from hand-over to start, {name}, idle, median", $"{latency:N1} ms"),
            new Figure($"a checkpoint, {name}, median", $"{checkpoint:N2} ms"),
        ];
    }

    /// <returns>Runs a second of the engine alone, and the milliseconds from a hand-over to the start of its run.</returns>
    private static async Task<(double Rate, double Latency)> BareAsync(Action<AgentOptions> set, FlatfileClientOptions flatfile, int jobs)
    {
        var runner = new CallbackRunner();
        await using var node = Node(set, flatfile, s => s.AddSingleton<IJobRunner>(runner));
        var rate = await RateAsync(node, [.. Enumerable.Range(0, jobs).Select(i => new EngineTicket($"tk_bare_{i}"))], () => Task.FromResult(runner.Runs.Items.Count >= jobs));
        var latency = await LatencyAsync(node, runner);
        return (rate, latency);
    }

    /// <returns>Jobs a second with all that belongs to them, and the milliseconds a checkpoint takes.</returns>
    private static async Task<(double Rate, double Checkpoint)> WholeAsync(
        Action<AgentOptions> set, FlatfileClient client, FlatfileClientOptions flatfile, IReadOnlyList<string> spaces, int jobs)
    {
        var ended = 0;
        await using var node = Node(set, flatfile, _ => { });
        await node.GetRequiredService<AgentDatabase>().OpenAsync(CancellationToken.None);
        await node.GetRequiredService<INodes>().EnterAsync(CancellationToken.None);
        node.GetRequiredService<HandlerCatalogSource>().Replace(new HandlerCatalog([HandlerBinding.ForJobs(
            "bench", "bench", "bench", [new BindingRule([TopicGlob.Parse("job:ready")], [])], _ => new Nothing(() => Interlocked.Increment(ref ended)))]));
        var tickets = await TicketsAsync(node, client, spaces, jobs);
        var store = node.GetRequiredService<ITicketStore>();
        var open = tickets.Select(t => t.Id).ToList();
        var rate = await RateAsync(node, tickets, async () => Volatile.Read(ref ended) >= jobs && await AllEndedAsync(store, open));
        var checkpoint = await CheckpointAsync(store);
        await node.GetRequiredService<SelectedEngine>().Engine.StopAsync(CancellationToken.None);
        return (rate, checkpoint);
    }

    private static ServiceProvider Node(Action<AgentOptions> set, FlatfileClientOptions flatfile, Action<IServiceCollection> more)
    {
        var services = new ServiceCollection();
        more(services);
        services.AddAgent(options =>
        {
            options.MaxConcurrentJobs = AtOnce;
            options.Flatfile.ApiUrl = flatfile.BaseAddress.AbsoluteUri;
            options.Flatfile.ApiKey = flatfile.Token;
            set(options);
        });
        var chosen = new AgentOptions();
        set(chosen);
        EngineServices.Add(services, chosen);
        return services.BuildServiceProvider();
    }

    /// <summary>Jobs a second, from the start of the engine with all of them waiting to the end of the last one.</summary>
    private static async Task<double> RateAsync(IServiceProvider node, IReadOnlyCollection<EngineTicket> tickets, Func<Task<bool>> done)
    {
        var engine = node.GetRequiredService<SelectedEngine>().Engine;
        foreach (var chunk in tickets.Chunk(20))
        {
            await Task.WhenAll(chunk.Select(t => engine.EnqueueAsync(t, CancellationToken.None)));
        }

        var watch = Stopwatch.StartNew();
        await engine.StartAsync(CancellationToken.None);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await done())
        {
            await tick.WaitForNextTickAsync();
        }

        return tickets.Count / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> LatencyAsync(IServiceProvider node, CallbackRunner runner)
    {
        var engine = node.GetRequiredService<SelectedEngine>().Engine;
        var times = new List<double>();
        for (var i = 0; i < 21; i++)
        {
            await Task.Delay(170);
            var before = runner.Runs.Items.Count;
            var watch = Stopwatch.StartNew();
            await engine.EnqueueAsync(new EngineTicket($"tk_latency_{i}"), CancellationToken.None);
            await runner.Runs.WaitForAsync(before + 1);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        await engine.StopAsync(CancellationToken.None);
        return times.Order().ElementAt(times.Count / 2);
    }

    private static async Task<IReadOnlyList<EngineTicket>> TicketsAsync(IServiceProvider node, FlatfileClient client, IReadOnlyList<string> spaces, int count)
    {
        var store = node.GetRequiredService<ITicketStore>();
        var tickets = new List<EngineTicket>();
        foreach (var chunk in Enumerable.Range(0, count).Chunk(20))
        {
            var jobs = await Task.WhenAll(chunk.Select(i => client.Jobs.CreateAsync(new JobConfig { Type = "space", Operation = "bench", Source = spaces[i % spaces.Count] })));
            foreach (var job in jobs)
            {
                var ticket = new JobTicket
                {
                    Id = "tk_" + job.Id, EventId = "us_evt_" + job.Id, HandlerId = "bench", Lane = job.Id, JobId = job.Id,
                    Event = System.Text.Encoding.UTF8.GetBytes($"{{\"id\":\"us_evt_{job.Id}\",\"topic\":\"job:ready\",\"domain\":\"job\",\"payload\":{{}},\"context\":{{\"spaceId\":\"{job.SpaceId}\",\"jobId\":\"{job.Id}\"}}}}"),
                };
                await store.AddAsync(ticket, CancellationToken.None);
                tickets.Add(EngineTicket.Of(ticket));
            }
        }

        return tickets;
    }

    private static async Task<bool> AllEndedAsync(ITicketStore store, List<string> open)
    {
        // From the end, as they end about in order.
        while (open.Count > 0 && (await store.FindAsync(open[^1], CancellationToken.None))!.State >= TicketState.Completed)
        {
            open.RemoveAt(open.Count - 1);
        }

        return open.Count == 0;
    }

    private static async Task<double> CheckpointAsync(ITicketStore store)
    {
        var id = $"tk_save_{Guid.NewGuid():N}";
        await store.AddAsync(new JobTicket { Id = id, EventId = id, HandlerId = "bench", Lane = id, JobId = id, Event = "{}"u8.ToArray() }, CancellationToken.None);
        var (_, ticket) = await store.ClaimAsync(id, "bench", TimeSpan.FromMinutes(5), CancellationToken.None);
        var times = new List<double>();
        for (var i = 0; i < 500; i++)
        {
            var watch = Stopwatch.StartNew();
            await store.SaveCheckpointAsync(id, ticket!.Lease, new byte[200], CancellationToken.None);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return times.Order().ElementAt(times.Count / 2);
    }

    private sealed class Nothing(Action done) : IJobHandler
    {
        public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
        {
            done();
            return Task.FromResult(new JobResult("Done"));
        }
    }
}
