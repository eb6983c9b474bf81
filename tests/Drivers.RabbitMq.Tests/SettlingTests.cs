using Contracts.Drivers;
using Contracts.Services;
using Contracts.Support;
using Flatfile.Agent;
using Flatfile.Agent.Drivers.RabbitMq;
using RabbitMQ.Client;

namespace Drivers.RabbitMq.Tests;

/// <summary>Settlements stay with their channel, and one settlement takes no other event with it.</summary>
[Collection(RabbitMqCollection.Name)]
public sealed class SettlingTests(RabbitMqFixture fixture) : IAsyncLifetime
{
    private readonly Arrivals<(string Id, int Count)> _received = new("deliveries");
    private RabbitMqHarness _harness = null!;

    public Task InitializeAsync()
    {
        _harness = RabbitMqBroker.Missing is null ? new RabbitMqHarness(fixture.Broker) { Partitions = 1 } : null!;
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        if (_harness is not null)
        {
            await _harness.DisposeAsync();
        }
    }

    [RabbitMqFact]
    [Trait("Row", "E-07")]
    public async Task Acknowledging_many_takes_no_running_event_with_it()
    {
        var release = new Signal("the release of the running event");
        await using var running = await RunAsync(async (delivery, token) =>
        {
            if (IdOf(delivery) == "us_evt_0" && delivery.DeliveryCount == 1)
            {
                await release.Task;
                return;
            }

            await delivery.CompleteAsync(token);
        });
        await _harness.PublishAsync([.. Enumerable.Range(0, 100).Select(i => ($"us_evt_{i}", "a"))]);
        await _received.WaitForAsync(100);
        await _harness.BreakAsync();
        release.Set();
        await _harness.HealAsync();

        await Signal.UntilAsync(() => Task.FromResult(_received.Items.Contains(("us_evt_0", 2))), "the running event to come again");
    }

    [RabbitMqFact]
    [Trait("Row", "E-07")]
    [Trait("Row", "E-24")]
    public async Task A_delivery_of_a_lost_channel_settles_nothing_on_the_next_one()
    {
        var old = new Arrivals<EventDelivery>("deliveries of the lost channel");
        var release = new Signal("the release of the event of the new channel");
        await using (var running = await RunAsync(async (delivery, token) =>
        {
            old.Add(delivery);
            await (old.Items.Count == 1 ? Task.CompletedTask : release.Task);
        }))
        {
            await _harness.PublishAsync("us_evt_1", "a");
            await old.WaitForAsync(1);
            await _harness.BreakAsync();
            await _harness.HealAsync();

            // Both channels called it their first: the same tag.
            var first = (RabbitMqDelivery)old.Items[0];
            await old.WaitForAsync(2);
            Assert.NotSame(first.Channel, ((RabbitMqDelivery)old.Items[1]).Channel);
            await Assert.ThrowsAnyAsync<InvalidOperationException>(() => first.CompleteAsync(CancellationToken.None));
            Assert.Throws<SettlementLostException>(() => first.Channel.Settlements.Acknowledge(1));
            release.Set();
        }

        await Signal.UntilAsync(async () => await _harness.WaitingAsync() == 1, "the event to be in its queue still");
    }

    [RabbitMqFact]
    [Trait("Row", "E-21")]
    public async Task An_event_in_hand_when_its_channel_is_lost_comes_again_only_after_its_handler_has_ended()
    {
        var release = new Signal("the release of the event in hand");
        var again = new Signal("the event to come again");
        await using var running = await RunAsync(async (delivery, token) =>
        {
            if (delivery.DeliveryCount > 1)
            {
                again.Set();
            }

            await release.Task;
            await delivery.CompleteAsync(token);
        });
        await _harness.PublishAsync("us_evt_1", "a");
        await _received.WaitForAsync(1);
        await _harness.BreakAsync();
        await _harness.HealAsync();
        await Signal.UntilAsync(async () => await _harness.WaitingAsync() == 1, "the broker to take the event back");
        await Task.WhenAny(again.Task, Task.Delay(600));
        Assert.False(again.IsSet);

        release.Set();
        Assert.Equal(("us_evt_1", 2), (await _received.WaitForAsync(2))[1]);
    }

    [RabbitMqFact]
    [Trait("Row", "E-24")]
    public async Task One_bad_tag_costs_a_channel_and_no_event()
    {
        var done = new Arrivals<string>("completed events");
        var spoilt = false;
        await using (var running = await RunAsync(async (delivery, token) =>
        {
            if (IdOf(delivery) == "us_evt_5" && !spoilt)
            {
                spoilt = true;
                ((RabbitMqDelivery)delivery).Channel.Settlements.Acknowledge(999_999);
            }

            await delivery.CompleteAsync(token);
            done.Add(IdOf(delivery));
        }))
        {
            await _harness.PublishAsync([.. Enumerable.Range(0, 30).Select(i => ($"us_evt_{i}", "a"))]);
            await Signal.UntilAsync(() => Task.FromResult(done.Items.Distinct().Count() == 30), "all events");
            await _harness.PublishAsync("us_evt_last", "a");
            await Signal.UntilAsync(() => Task.FromResult(done.Items.Contains("us_evt_last")), "an event after the lost channel");
            Assert.False(running.HasEnded);
        }

        await Signal.UntilAsync(async () => await _harness.WaitingAsync() == 0, "the queue to be empty");
    }

    [RabbitMqFact]
    public async Task A_delivery_is_settled_once_also_when_its_handler_comes_too_late()
    {
        var first = new Arrivals<EventDelivery>("deliveries");
        await using var running = await RunAsync(async (delivery, token) =>
        {
            first.Add(delivery);
            if (delivery.DeliveryCount > 1)
            {
                await delivery.CompleteAsync(token);
                await Assert.ThrowsAsync<InvalidOperationException>(() => delivery.AbandonAsync(TimeSpan.Zero, token));
            }
        });
        await _harness.PublishAsync("us_evt_1", "a");
        await first.WaitForAsync(1);
        await Signal.UntilAsync(() => Task.FromResult(!((RabbitMqDelivery)first.Items[0]).TryTake()), "the driver to take the delivery back");
        await Assert.ThrowsAsync<InvalidOperationException>(() => first.Items[0].CompleteAsync(CancellationToken.None));

        var again = await first.WaitForAsync(2);
        Assert.Same(((RabbitMqDelivery)again[0]).Channel, ((RabbitMqDelivery)again[1]).Channel);
    }

    [RabbitMqFact]
    [Trait("Row", "E-21")]
    public async Task An_event_that_waits_for_its_delay_comes_back_at_once_when_the_connection_is_lost()
    {
        await using var running = await RunAsync((delivery, token) =>
            delivery.DeliveryCount == 1 ? delivery.AbandonAsync(TimeSpan.FromHours(1), token) : delivery.CompleteAsync(token));
        await _harness.PublishAsync("us_evt_1", "a");
        await _received.WaitForAsync(1);
        await _harness.BreakAsync();
        await _harness.HealAsync();

        Assert.Equal(("us_evt_1", 2), (await _received.WaitForAsync(2))[1]);
    }

    [RabbitMqFact]
    public async Task An_event_leaves_its_queue_only_when_its_dead_letter_is_kept()
    {
        await using var running = await RunAsync((delivery, token) =>
            delivery.DeliveryCount < 3 ? delivery.DeadLetterAsync("no good", token) : delivery.CompleteAsync(token));
        await _harness.PublishAsync("us_evt_0", "a");
        await _received.WaitForAsync(1);
        await using var connection = await _harness.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await Signal.UntilAsync(async () => await channel.MessageCountAsync(_harness.Topology.DeadQueue) == 1, "the first dead letter");
        await channel.QueueDeleteAsync(_harness.Topology.DeadQueue);

        await _harness.PublishAsync("us_evt_1", "a");
        var all = await _received.WaitForAsync(4);

        Assert.Equal([("us_evt_1", 1), ("us_evt_1", 2), ("us_evt_1", 3)], all.Skip(1));
    }

    [RabbitMqFact]
    public async Task What_the_broker_gives_up_itself_is_among_the_dead_letters()
    {
        await _harness.PublishAsync("us_evt_1", "a");
        await using var connection = await _harness.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicRejectAsync((await RabbitMqHarness.TakeAsync(channel, _harness.Topology.Queue(0))).DeliveryTag, requeue: false);
        await channel.CloseAsync();

        IReadOnlyList<BusDeadLetter> letters = [];
        await Signal.UntilAsync(async () => (letters = await _harness.LastDeadLetters!.PeekAsync(5, CancellationToken.None)).Count == 1, "the dead letter");
        Assert.Contains("rejected", letters[0].Reason, StringComparison.Ordinal);
        Assert.Equal("us_evt_1", letters[0].MessageId);
        Assert.Equal(1, await _harness.LastDeadLetters!.ResubmitAsync(["us_evt_1"], CancellationToken.None));
        await using var running = await RunAsync((delivery, token) => delivery.CompleteAsync(token));
        await _received.WaitForAsync(1);
    }

    private static string IdOf(EventDelivery delivery) => FlatfileEvent.Parse(delivery.Body).Id;

    private async Task<RunningDriver> RunAsync(Func<EventDelivery, CancellationToken, Task> handle) =>
        new(await _harness.StartDriverAsync(), (delivery, token) =>
        {
            _received.Add((IdOf(delivery), delivery.DeliveryCount));
            return handle(delivery, token);
        });
}
