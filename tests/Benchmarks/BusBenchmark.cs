using System.Diagnostics;
using System.Globalization;
using System.Text;
using Contracts.Services;
using Flatfile.Agent;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Benchmarks;

/// <summary>A backlog in RabbitMQ, taken by the whole pipeline with durable inbox and three handlers, beside a bare client that only acknowledges.</summary>
internal static class BusBenchmark
{
    private const int Events = 40_000;
    private const int Spaces = 50;
    private const int Partitions = 8;
    private const int InHand = 256;
    private const int Together = InHand / Partitions / 2;
    private const int Probes = 200;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        if (RabbitMqBroker.Missing is { } missing)
        {
            return [new Figure("events over RabbitMQ", "not measured: " + missing)];
        }

        await using var broker = await RabbitMqBroker.StartAsync();
        var figures = new List<Figure>();

        // In turns, so that neither has the warmer broker.
        var (bare, single, whole) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < 3; round++)
        {
            bare.Add(await BareAsync(broker, $"bare{round}", Together));
            single.Add(await BareAsync(broker, $"single{round}", 1));
            whole.Add(await WholeAsync(broker, $"whole{round}"));
        }

        var (raw, one, ours) = (bare.Order().ElementAt(1), single.Order().ElementAt(1), whole.Order().ElementAt(1));
        figures.Add(new Figure(
            $"events from RabbitMQ (quorum queues, {Events:N0} waiting) through the pipeline, durable inbox, 3 handlers (median of 3)", $"{ours:N0} per s",
            $"bare client that only acknowledges, {Together} at once {raw:N0} per s", $"{ours / raw * 100:N0} % of bare (goal 50 %)"));
        figures.Add(new Figure(
            "the same, beside a bare client that acknowledges each event by itself", $"{ours:N0} per s", $"{one:N0} per s", $"{ours / one * 100:N0} % of bare"));
        figures.Add(new Figure(
            $"publish to the start of the handler over RabbitMQ (median of {Probes})", $"{await LatencyAsync(broker):N1} ms", "goal 50 ms"));
        return figures;
    }

    private static async Task<double> BareAsync(RabbitMqBroker broker, string prefix, int together)
    {
        await using var provider = BenchAgent.Services(Settings(broker, prefix));
        await PublishAsync(provider, prefix);
        await using var connection = await new ConnectionFactory { Uri = broker.AmqpUri }.CreateConnectionAsync();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = Events;
        var watch = Stopwatch.StartNew();
        for (var partition = 0; partition < Partitions; partition++)
        {
            var channel = await connection.CreateChannelAsync();
            await channel.BasicQosAsync(0, InHand / Partitions, global: false);
            var consumer = new AsyncEventingBasicConsumer(channel);
            var open = 0;
            var queue = string.Create(CultureInfo.InvariantCulture, $"{prefix}.{partition}");
            var waiting = (int)await channel.MessageCountAsync(queue);
            consumer.ReceivedAsync += async (_, delivery) =>
            {
                open++;
                waiting--;
                if (open == together || waiting == 0)
                {
                    await channel.BasicAckAsync(delivery.DeliveryTag, multiple: open > 1);
                    open = 0;
                }

                if (Interlocked.Decrement(ref left) == 0)
                {
                    done.SetResult();
                }
            };
            await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
        }

        await done.Task.WaitAsync(TimeSpan.FromMinutes(2));
        return Events / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> WholeAsync(RabbitMqBroker broker, string prefix)
    {
        await using var agent = await BenchAgent.StartAsync(Settings(broker, prefix));
        await PublishAsync(agent.Provider, prefix);
        var watch = Stopwatch.StartNew();
        agent.Receive("RabbitMq");
        await agent.HandledAsync(3 * Events);
        return Events / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> LatencyAsync(RabbitMqBroker broker)
    {
        await using var agent = await BenchAgent.StartAsync(Settings(broker, "latency"));
        agent.Receive("RabbitMq");
        var publisher = agent.Provider.GetRequiredService<IEventPublisher>();
        return await agent.LatencyAsync(Probes, number => publisher.PublishAsync([Event("latency", number)], CancellationToken.None));
    }

    private static async Task PublishAsync(IServiceProvider provider, string name)
    {
        var publisher = provider.GetRequiredService<IEventPublisher>();
        foreach (var chunk in Enumerable.Range(0, Events).Chunk(1_000))
        {
            await publisher.PublishAsync([.. chunk.Select(i => Event(name, i))], CancellationToken.None);
        }
    }

    private static OutgoingEvent Event(string name, int number) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"us_evt_{name}_{number}"),
        Topic = BenchAgent.Topic,
        OrderingKey = string.Create(CultureInfo.InvariantCulture, $"us_sp_{number % Spaces}"),
        Body = Encoding.UTF8.GetBytes(BenchAgent.Text(name, number, Spaces)),
    };

    private static Dictionary<string, string?> Settings(RabbitMqBroker broker, string prefix) => new()
    {
        ["Agent:RabbitMq:Uri"] = broker.AmqpUri.AbsoluteUri,
        ["Agent:RabbitMq:Prefix"] = prefix,
        ["Agent:RabbitMq:Partitions"] = Partitions.ToString(CultureInfo.InvariantCulture),
        ["Agent:RabbitMq:MaxInFlight"] = InHand.ToString(CultureInfo.InvariantCulture),
    };
}
