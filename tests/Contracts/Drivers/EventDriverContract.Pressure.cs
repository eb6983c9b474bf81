using Contracts.Support;
using Flatfile.Agent;

namespace Contracts.Drivers;

/// <summary>A slow consumer leaves the rest at the source.</summary>
public abstract partial class EventDriverContract
{
    [ContractFact]
    public async Task No_more_events_are_in_hand_than_allowed()
    {
        var release = new Signal("the release of the held events");
        var inHand = 0;
        var most = 0;
        await using var running = await RunAsync(async (delivery, token) =>
        {
            var now = Interlocked.Increment(ref inHand);
            Raise(ref most, now);
            await release.Task;
            Interlocked.Decrement(ref inHand);
            await delivery.CompleteAsync(token);
        });
        for (var i = 0; i < 4 * EventDriverHarness.MaxInFlight; i++)
        {
            await _harness.PublishAsync($"us_evt_{i:000}", $"key{i}");
        }

        await Signal.UntilAsync(() => Task.FromResult(Volatile.Read(ref inHand) >= EventDriverHarness.MaxInFlight), "as many events in hand as are allowed");
        release.Set();
        await _received.WaitForAsync(4 * EventDriverHarness.MaxInFlight);

        Assert.Equal(EventDriverHarness.MaxInFlight, most);
    }

    [ContractFact]
    [Trait("Row", "E-18")]
    public async Task A_slow_consumer_leaves_a_backlog_at_the_source_and_gets_each_event_once()
    {
        const int Backlog = 100 * EventDriverHarness.MaxInFlight;
        using var permits = new SemaphoreSlim(0);
        var inHand = 0;
        var most = 0;
        await using var running = await RunAsync(async (delivery, token) =>
        {
            Raise(ref most, Interlocked.Increment(ref inHand));
            await permits.WaitAsync(token);
            Interlocked.Decrement(ref inHand);
            await CompleteAsync(delivery, token);
        });
        await _harness.PublishAsync([.. Enumerable.Range(0, Backlog).Select(i => ($"us_evt_{i:0000}", $"key{i % 40}"))]);

        // A trickle first: what waits must not be read ahead while the consumer is slow.
        for (var done = 1; done <= 3 * EventDriverHarness.MaxInFlight; done++)
        {
            permits.Release();
            await _completed.WaitForAsync(done);
            var held = await _harness.HeldAsync(Backlog - done);
            Assert.True(held is null || held <= _harness.MostHeld, $"{held} events are taken out of the source, more than {_harness.MostHeld}.");
        }

        permits.Release(Backlog);
        await _completed.WaitForAsync(Backlog);

        Assert.True(most <= EventDriverHarness.MaxInFlight, $"{most} events were in hand.");
        Assert.Equal(Backlog, _received.Items.Select(r => r.Id).Distinct().Count());
        Assert.All(_received.Items, r => Assert.Equal(1, r.Count));
    }

    private static void Raise(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            if (Interlocked.CompareExchange(ref target, value, seen) == seen)
            {
                return;
            }
        }
    }
}
