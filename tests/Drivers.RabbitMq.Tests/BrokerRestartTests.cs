using Contracts.Drivers;
using Contracts.Services;
using Contracts.Support;
using Flatfile.Agent;

namespace Drivers.RabbitMq.Tests;

/// <summary>A broker of its own, as it is killed: it comes back with everything it confirmed, and the driver with it.</summary>
public sealed class BrokerRestartTests
{
    [RabbitMqFact]
    [Trait("Row", "E-20")]
    [Trait("Row", "E-21")]
    [Trait("Row", "E-24")]
    public async Task A_killed_broker_and_a_delivery_held_too_long_lose_no_event()
    {
        // The broker closes a channel whose delivery is held for 2 s; it looks each second.
        await using var broker = await RabbitMqBroker.StartAsync(consumerTimeout: TimeSpan.FromSeconds(2));
        await using var harness = new RabbitMqHarness(broker);
        var completed = new Arrivals<string>("completed events");
        var heldTooLong = new Arrivals<int>("deliveries of the held event");
        var hold = new Signal("the channel of the held event to be closed");
        var release = new Signal("the release of the events in hand at the kill");
        await using var running = new RunningDriver(harness.Driver(broker.AmqpUri), async (delivery, token) =>
        {
            var id = FlatfileEvent.Parse(delivery.Body).Id;
            if (id == "us_evt_held")
            {
                heldTooLong.Add(delivery.DeliveryCount);
                if (delivery.DeliveryCount == 1)
                {
                    await hold.Task;
                }
            }
            else if (id.StartsWith("us_evt_kill", StringComparison.Ordinal) && delivery.DeliveryCount == 1)
            {
                await release.Task;
            }

            await delivery.CompleteAsync(token);
            completed.Add(id);
        });

        await harness.PublishAsync("us_evt_held", "a");
        await heldTooLong.WaitForAsync(1);
        await Signal.UntilAsync(async () => await harness.WaitingAsync() == 1, "the broker to take the held event back");
        hold.Set();
        await heldTooLong.WaitForAsync(2);

        await harness.PublishAsync([.. Enumerable.Range(0, 20).Select(i => ($"us_evt_kill_{i:00}", $"key{i % 4}"))]);
        await broker.KillAsync();
        release.Set();
        await broker.StartAgainAsync();
        var back = TimeProvider.System.GetTimestamp();
        await Signal.UntilAsync(() => Task.FromResult(completed.Items.Count(id => id.StartsWith("us_evt_kill", StringComparison.Ordinal)) >= 20), "the events of the killed broker");
        Assert.True(TimeProvider.System.GetElapsedTime(back) < TimeSpan.FromSeconds(10));
        Assert.False(running.HasEnded);

        await harness.PublishAsync("us_evt_after", "a");
        await Signal.UntilAsync(() => Task.FromResult(completed.Items.Contains("us_evt_after")), "an event published after the restart");
    }
}
