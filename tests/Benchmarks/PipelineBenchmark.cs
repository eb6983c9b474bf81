using System.Diagnostics;
using Flatfile.Agent;
using Flatfile.Agent.Core.Drivers.InProcess;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmarks;

/// <summary>A backlog of a feed in the same process, taken by the whole pipeline with durable inbox and three handlers, beside a bare reader that only settles.</summary>
internal static class PipelineBenchmark
{
    private const int Events = 40_000;
    private const int Spaces = 50;
    private const int Probes = 200;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await WholeAsync(2_000);
        var (bare, whole) = (new List<double>(), new List<double>());
        for (var round = 0; round < 3; round++)
        {
            bare.Add(await BareAsync());
            whole.Add(await WholeAsync(Events));
        }

        var (raw, ours) = (bare.Order().ElementAt(1), whole.Order().ElementAt(1));
        return
        [
            new Figure(
                $"events in process ({Events:N0} waiting, {Spaces} spaces) through the pipeline, durable inbox, 3 handlers (median of 3)", $"{ours:N0} per s",
                $"bare reader that only settles {raw:N0} per s", $"{ours / raw * 100:N0} % of bare"),
            new Figure($"publish to the start of the handler in process (median of {Probes})", $"{await LatencyAsync():N2} ms", "goal 20 ms"),
        ];
    }

    private static async Task<double> BareAsync()
    {
        var feed = Filled(Events);
        await using var agent = await StartAsync(feed);
        var driver = agent.Provider.GetServices<IEventDriver>().Single(d => d.Name == InProcessDriver.DriverName);
        using var stop = new CancellationTokenSource();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = Events;
        var watch = Stopwatch.StartNew();
        var receiving = Task.Run(() => driver.ReceiveAsync(
            async (delivery, token) =>
            {
                await delivery.CompleteAsync(token);
                if (Interlocked.Decrement(ref left) == 0)
                {
                    done.SetResult();
                }
            },
            stop.Token));
        await done.Task.WaitAsync(TimeSpan.FromMinutes(2));
        var rate = Events / watch.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        await receiving;
        return rate;
    }

    private static async Task<double> WholeAsync(int events)
    {
        await using var agent = await StartAsync(Filled(events));
        var watch = Stopwatch.StartNew();
        agent.Receive(InProcessDriver.DriverName);
        await agent.HandledAsync(3L * events);
        return events / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> LatencyAsync()
    {
        var feed = new BenchFeed();
        await using var agent = await StartAsync(feed);
        agent.Receive(InProcessDriver.DriverName);
        return await agent.LatencyAsync(Probes, number =>
        {
            feed.Publish(BenchAgent.Text("latency", number, Spaces));
            return Task.CompletedTask;
        });
    }

    private static BenchFeed Filled(int events)
    {
        var feed = new BenchFeed();
        for (var i = 0; i < events; i++)
        {
            feed.Publish(BenchAgent.Text("run", i, Spaces));
        }

        return feed;
    }

    private static Task<BenchAgent> StartAsync(BenchFeed feed) =>
        BenchAgent.StartAsync(new Dictionary<string, string?>(), services => services.AddSingleton<IEventFeed>(feed));
}
