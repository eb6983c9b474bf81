using Contracts.Support;
using Flatfile.Agent;

namespace Contracts.Drivers;

/// <summary>What every driver keeps. Subclass it with a harness; green means the driver is done.</summary>
/// <remarks>Split by subject: receiving and settling here; order, pressure, stopping, dead letters, publishing and outages beside it.</remarks>
public abstract partial class EventDriverContract : IAsyncLifetime
{
    private readonly Arrivals<(string Id, string Key, int Count)> _received = new("deliveries");
    private readonly Arrivals<string> _completed = new("completed events");
    private readonly Arrivals<string> _unanswered = new("failed completions");
    private EventDriverHarness _harness = null!;

    protected abstract Task<EventDriverHarness> CreateHarnessAsync();

    public async Task InitializeAsync() => _harness = await CreateHarnessAsync();

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [ContractFact]
    public async Task An_event_in_the_source_is_received()
    {
        await using var running = await RunAsync(CompleteAsync);
        await _harness.PublishAsync("us_evt_1", "a");

        Assert.Equal(("us_evt_1", "a", 1), (await _received.WaitForAsync(1))[0]);
    }

    [ContractFact]
    public async Task An_event_published_before_the_driver_started_is_received()
    {
        await using (await RunAsync(CompleteAsync))
        {
        }

        await _harness.PublishAsync("us_evt_1", "a");
        await using var running = await RunAsync(CompleteAsync);

        await _received.WaitForAsync(1);
    }

    [ContractFact]
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

    [ContractFact]
    public async Task An_abandoned_event_comes_back_with_a_higher_count()
    {
        await using var running = await RunAsync((delivery, token) =>
            delivery.DeliveryCount < 3 ? delivery.AbandonAsync(TimeSpan.FromMilliseconds(20), token) : delivery.CompleteAsync(token));
        await _harness.PublishAsync("us_evt_1", "a");

        var all = await _received.WaitForAsync(3);

        Assert.Equal([1, 2, 3], all.Select(r => r.Count));
    }

    [ContractFact]
    public async Task An_abandoned_event_waits_for_its_delay_and_holds_nobody_up()
    {
        var back = new Signal("the abandoned event to come back");
        var pause = TimeSpan.FromSeconds(2);
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

    [ContractFact]
    public async Task A_delivery_that_throws_comes_back()
    {
        await using var running = await RunAsync((delivery, token) =>
            delivery.DeliveryCount == 1 ? throw new InvalidOperationException("the first one fails") : delivery.CompleteAsync(token));
        await _harness.PublishAsync("us_evt_1", "a");

        var all = await _received.WaitForAsync(2);

        Assert.Equal(2, all[1].Count);
    }

    private async Task CompleteAsync(EventDelivery delivery, CancellationToken token)
    {
        try
        {
            await delivery.CompleteAsync(token);
        }
        catch
        {
            _unanswered.Add(IdOf(delivery));
            throw;
        }

        _completed.Add(IdOf(delivery));
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
