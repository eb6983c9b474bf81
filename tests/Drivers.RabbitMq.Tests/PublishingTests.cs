using Contracts.Drivers;
using Contracts.Services;
using Contracts.Support;
using Flatfile.Agent;
using Flatfile.Agent.Drivers.RabbitMq;
using RabbitMQ.Client;

namespace Drivers.RabbitMq.Tests;

/// <summary>What publishing promises, seen from the broker.</summary>
[Collection(RabbitMqCollection.Name)]
public sealed class PublishingTests(RabbitMqFixture fixture)
{
    [RabbitMqFact]
    public async Task A_message_carries_id_topic_key_and_trace_and_is_durable()
    {
        await using var harness = new RabbitMqHarness(fixture.Broker) { Partitions = 1 };
        var driver = harness.Driver(fixture.Broker.AmqpUri);
        await driver.PublishAsync([RabbitMqHarness.Outgoing("us_evt_1", "us_sp_1") with { TraceParent = "00-1-2-01" }], CancellationToken.None);
        await using var connection = await harness.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();

        var message = await RabbitMqHarness.TakeAsync(channel, harness.Topology.Queue(0));

        var properties = message.BasicProperties;
        Assert.Equal("us_evt_1", properties.MessageId);
        Assert.True(properties.Persistent);
        Assert.Equal("space:updated", MessageHeaders.Text(properties.Headers, "topic"));
        Assert.Equal("us_sp_1", MessageHeaders.Text(properties.Headers, "ordering-key"));
        Assert.Equal("00-1-2-01", MessageHeaders.Text(properties.Headers, "traceparent"));
    }

    [RabbitMqFact]
    public async Task A_message_that_reaches_no_queue_is_a_fault_that_says_what_to_look_at()
    {
        await using var harness = new RabbitMqHarness(fixture.Broker) { Partitions = 1 };
        var driver = harness.Driver(fixture.Broker.AmqpUri);
        await driver.PublishAsync([RabbitMqHarness.Outgoing("us_evt_1", "a")], CancellationToken.None);
        await using var connection = await harness.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(harness.Topology.Queue(0));

        var fault = await Assert.ThrowsAsync<NotPublishedException>(() =>
            driver.PublishAsync([.. Enumerable.Range(0, 50).Select(i => RabbitMqHarness.Outgoing($"us_evt_{i}", "a"))], CancellationToken.None));

        Assert.Contains("Agent:RabbitMq:Partitions", fault.Message, StringComparison.Ordinal);
        Assert.Contains(harness.Topology.Exchange, fault.Message, StringComparison.Ordinal);
    }

    [RabbitMqFact]
    public async Task Publications_beside_each_other_each_keep_their_order()
    {
        await using var harness = new RabbitMqHarness(fixture.Broker);
        var driver = harness.Driver(fixture.Broker.AmqpUri);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(p => driver.PublishAsync(
            [.. Enumerable.Range(0, 500).Select(i => RabbitMqHarness.Outgoing($"us_evt_{i:000}", $"key{p}"))], CancellationToken.None)));
        var received = new Arrivals<(string Key, string Id)>("deliveries");
        await using var running = new RunningDriver(driver, (delivery, token) =>
        {
            var @event = FlatfileEvent.Parse(delivery.Body);
            received.Add((@event.Context.SpaceId!, @event.Id));
            return delivery.CompleteAsync(token);
        });

        var all = await received.WaitForAsync(8 * 500);

        Assert.All(all.GroupBy(r => r.Key), key => Assert.Equal(key.Select(r => r.Id).Order(StringComparer.Ordinal), key.Select(r => r.Id)));
    }

    [RabbitMqFact]
    public async Task A_connection_lost_amid_a_publication_is_known_at_once_and_not_after_the_heartbeats()
    {
        await using var harness = new RabbitMqHarness(fixture.Broker) { Heartbeat = TimeSpan.FromMinutes(2) };
        var driver = (RabbitMqDriver)await harness.StartDriverAsync();
        await driver.PublishAsync([RabbitMqHarness.Outgoing("us_evt_first", "a")], CancellationToken.None);

        // More than the sockets and the client hold on the way: the publication comes to stand still within a message.
        using var body = new CountedBody(64 * 1024);
        harness.Proxy.Delay = TimeSpan.FromMinutes(1);
        var publishing = driver.PublishAsync([.. Enumerable.Range(0, 1000).Select(i => RabbitMqHarness.Outgoing($"us_evt_{i}", "a") with { Body = body.Memory })], CancellationToken.None);
        var (reads, looks) = (0, 0);
        await Signal.UntilAsync(
            () =>
            {
                looks = body.Reads > reads ? 0 : looks + 1;
                reads = body.Reads;
                return Task.FromResult(reads > 0 && looks >= 20);
            },
            "the publication to stand still");
        Assert.False(publishing.IsCompleted);
        await harness.BreakAsync();
        await Signal.WaitAsync(Assert.ThrowsAsync<NotPublishedException>(() => publishing), "the publication to end");

        harness.Proxy.Delay = TimeSpan.Zero;
        await harness.HealAsync();
        await driver.PublishAsync([RabbitMqHarness.Outgoing("us_evt_last", "a")], CancellationToken.None);
    }

    [RabbitMqFact]
    public async Task A_publication_that_is_called_off_leaves_no_exception_unseen()
    {
        using var faults = new UnobservedFaults();
        await using var harness = new RabbitMqHarness(fixture.Broker);
        var driver = (RabbitMqDriver)await harness.StartDriverAsync();
        await driver.PublishAsync([RabbitMqHarness.Outgoing("us_evt_1", "a")], CancellationToken.None);
        using var calledOff = new CancellationTokenSource();
        var publishing = driver.PublishAsync([.. Enumerable.Range(0, 2000).Select(i => RabbitMqHarness.Outgoing($"us_evt_{i}", "a"))], calledOff.Token);
        await harness.BreakAsync();
        await calledOff.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => publishing);

        // A connection may be dead before that is known; after this one it is known, and the next has a new connection.
        await Assert.ThrowsAnyAsync<Exception>(() => driver.PublishAsync([RabbitMqHarness.Outgoing("us_evt_away", "a")], CancellationToken.None));
        await harness.HealAsync();
        await driver.PublishAsync([RabbitMqHarness.Outgoing("us_evt_last", "a")], CancellationToken.None);
        Assert.Empty(faults.Collect());
    }
}
