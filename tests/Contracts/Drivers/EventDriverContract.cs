using Contracts.Support;
using Flatfile.Agent;

namespace Contracts.Drivers;

/// <summary>What every driver keeps. Subclass it with a harness; green means the driver is done.</summary>
public abstract class EventDriverContract : IAsyncLifetime
{
    private readonly Arrivals<(string Id, string Key, int Count)> _received = new("deliveries");
    private EventDriverHarness _harness = null!;

    protected abstract Task<EventDriverHarness> CreateHarnessAsync();

    public async Task InitializeAsync() => _harness = await CreateHarnessAsync();

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public async Task An_event_in_the_source_is_received()
    {
        await using var running = await RunAsync(CompleteAsync);
        await _harness.PublishAsync("us_evt_1", "a");

        Assert.Equal(("us_evt_1", "a", 1), (await _received.WaitForAsync(1))[0]);
    }

    [Fact]
    public async Task An_event_published_before_the_driver_started_is_received()
    {
        await using (await RunAsync(CompleteAsync))
        {
        }

        await _harness.PublishAsync("us_evt_1", "a");
        await using var running = await RunAsync(CompleteAsync);

        await _received.WaitForAsync(1);
    }

    [Fact]
    public async Task A_completed_event_does_not_come_back_after_a_restart()
    {
        await using (await RunAsync(CompleteAsync))
        {
            await _harness.PublishAsync("us_evt_1", "a");
            await _received.WaitForAsync(1);
        }

        await using var again = await RunAsync(CompleteAsync);
        await _harness.PublishAsync("us_evt_2", "a");
        var all = await _received.WaitForAsync(2);

        Assert.Equal(["us_evt_1", "us_evt_2"], all.Select(r => r.Id));
    }

    [Fact]
    public async Task An_abandoned_event_comes_back_with_a_higher_count()
    {
        await using var running = await RunAsync((delivery, token) =>
            delivery.DeliveryCount < 3 ? delivery.AbandonAsync(TimeSpan.FromMilliseconds(20), token) : delivery.CompleteAsync(token));
        await _harness.PublishAsync("us_evt_1", "a");

        var all = await _received.WaitForAsync(3);

        Assert.Equal([1, 2, 3], all.Select(r => r.Count));
    }

    [Fact]
    public async Task An_abandoned_event_waits_for_its_delay_and_holds_nobody_up()
    {
        var back = new Signal("the abandoned event to come back");
        var pause = TimeSpan.FromMilliseconds(400);
        var first = 0L;
        var elapsed = TimeSpan.Zero;
        await using var running = await RunAsync((delivery, token) =>
        {
            if (IdOf(delivery) != "us_evt_1")
            {
                return delivery.CompleteAsync(token);
            }

            if (delivery.DeliveryCount == 1)
            {
                first = TimeProvider.System.GetTimestamp();
                return delivery.AbandonAsync(pause, token);
            }

            elapsed = TimeProvider.System.GetElapsedTime(first);
            back.Set();
            return delivery.CompleteAsync(token);
        });
        await _harness.PublishAsync("us_evt_1", "a");
        await _harness.PublishAsync("us_evt_2", "b");
        var two = await _received.WaitForAsync(2);
        await back.WaitAsync();

        Assert.Equal("us_evt_2", two[1].Id);
        Assert.True(elapsed >= pause * 0.9, $"It came back after {elapsed}.");
    }

    [Fact]
    public async Task A_dead_lettered_event_does_not_come_back()
    {
        await using (await RunAsync((delivery, token) =>
            IdOf(delivery) == "us_evt_1" ? delivery.DeadLetterAsync("no good", token) : delivery.CompleteAsync(token)))
        {
            await _harness.PublishAsync("us_evt_1", "a");
            await _received.WaitForAsync(1);
        }

        await using var again = await RunAsync(CompleteAsync);
        await _harness.PublishAsync("us_evt_2", "a");
        var all = await _received.WaitForAsync(2);

        Assert.Equal("us_evt_2", all[1].Id);
    }

    [Fact]
    public async Task Events_of_one_key_are_handed_over_in_order()
    {
        await using var running = await RunAsync(CompleteAsync);
        for (var i = 0; i < 60; i++)
        {
            await _harness.PublishAsync($"us_evt_{i:000}", i % 3 == 0 ? "a" : "b");
        }

        var all = await _received.WaitForAsync(60);

        foreach (var key in all.GroupBy(r => r.Key))
        {
            Assert.Equal(key.Select(r => r.Id).Order(StringComparer.Ordinal), key.Select(r => r.Id));
        }
    }

    [Fact]
    public async Task No_more_events_are_in_hand_than_allowed()
    {
        var release = new Signal("the release of the held events");
        var inHand = 0;
        var most = 0;
        await using var running = await RunAsync(async (delivery, token) =>
        {
            var now = Interlocked.Increment(ref inHand);
            InterlockedMax(ref most, now);
            await release.Task;
            Interlocked.Decrement(ref inHand);
            await delivery.CompleteAsync(token);
        });
        for (var i = 0; i < 4 * EventDriverHarness.MaxInFlight; i++)
        {
            await _harness.PublishAsync($"us_evt_{i:000}", $"key{i}");
        }

        await _received.WaitForAsync(EventDriverHarness.MaxInFlight);
        release.Set();
        await _received.WaitForAsync(4 * EventDriverHarness.MaxInFlight);

        Assert.Equal(EventDriverHarness.MaxInFlight, most);
    }

    [Fact]
    public async Task Stopping_waits_for_the_events_in_hand()
    {
        var release = new Signal("the release of the held event");
        var done = false;
        var running = await RunAsync(async (delivery, token) =>
        {
            await release.Task;
            done = true;
            await delivery.CompleteAsync(CancellationToken.None);
        });
        await _harness.PublishAsync("us_evt_1", "a");
        await _received.WaitForAsync(1);

        var stopping = running.DisposeAsync().AsTask();
        Assert.False(stopping.IsCompleted);
        release.Set();
        await Signal.WaitAsync(stopping, "the driver to stop");

        Assert.True(done);
    }

    [Fact]
    public async Task An_event_not_settled_before_the_stop_comes_back_after_the_restart()
    {
        await using (await RunAsync((delivery, token) => IdOf(delivery) == "us_evt_1" ? Task.Delay(Timeout.Infinite, token) : delivery.CompleteAsync(token)))
        {
            await _harness.PublishAsync("us_evt_1", "a");
            await _harness.PublishAsync("us_evt_2", "b");
            await _received.WaitForAsync(2);
        }

        await using var again = await RunAsync(CompleteAsync);
        await _harness.PublishAsync("us_evt_3", "c");
        var all = await _received.WaitForAsync(4);

        Assert.Contains("us_evt_1", all.Skip(2).Select(r => r.Id));
    }

    [Fact]
    public async Task A_delivery_that_throws_comes_back()
    {
        await using var running = await RunAsync((delivery, token) =>
            delivery.DeliveryCount == 1 ? throw new InvalidOperationException("the first one fails") : delivery.CompleteAsync(token));
        await _harness.PublishAsync("us_evt_1", "a");

        var all = await _received.WaitForAsync(2);

        Assert.Equal(2, all[1].Count);
    }

    private static Task CompleteAsync(EventDelivery delivery, CancellationToken token) => delivery.CompleteAsync(token);

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            if (Interlocked.CompareExchange(ref target, value, seen) == seen)
            {
                return;
            }
        }
    }

    private static string IdOf(EventDelivery delivery) => FlatfileEvent.Parse(delivery.Body).Id;

    private async Task<RunningDriver> RunAsync(Func<EventDelivery, CancellationToken, Task> handle)
    {
        var driver = await _harness.StartDriverAsync();
        return new RunningDriver(driver, (delivery, token) =>
        {
            var @event = FlatfileEvent.Parse(delivery.Body);
            _received.Add((@event.Id, @event.Context.SpaceId!, delivery.DeliveryCount));
            return handle(delivery, token);
        });
    }
}
