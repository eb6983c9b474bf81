using Contracts.Support;
using Flatfile.Agent;

namespace Contracts.Drivers;

/// <summary>Events of one ordering key stay in order.</summary>
public abstract partial class EventDriverContract
{
    [ContractFact]
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

    [ContractFact]
    public async Task An_event_in_hand_is_not_overtaken_by_later_ones_of_its_key()
    {
        var release = new Signal("the release of the first event");
        await using var running = await RunAsync(async (delivery, token) =>
        {
            if (IdOf(delivery) == "us_evt_0")
            {
                await release.Task;
            }

            await CompleteAsync(delivery, token);
        });
        await _harness.PublishAsync("us_evt_0", "a");
        await _received.WaitForAsync(1);
        await _harness.PublishAsync([("us_evt_1", "b"), ("us_evt_2", "a"), ("us_evt_3", "b"), ("us_evt_4", "a"), ("us_evt_5", "a")]);
        await Signal.UntilAsync(() => Task.FromResult(_received.Items.Any(r => r.Id == "us_evt_3")), "the events of the other key");
        release.Set();

        AssertOrderPerKey(await _received.WaitForAsync(6));
    }

    [ContractFact]
    public async Task Many_keys_beside_each_other_keep_their_order_each()
    {
        const int Count = 400;
        await using var running = await RunAsync(async (delivery, token) =>
        {
            if (delivery.Body.Length % 2 == 0)
            {
                await Task.Yield();
            }

            await CompleteAsync(delivery, token);
        });
        await _harness.PublishAsync([.. Enumerable.Range(0, Count).Select(i => ($"us_evt_{i:0000}", $"key{i * 7 % 11}"))]);

        AssertOrderPerKey(await _received.WaitForAsync(Count));
    }

    [ContractFact]
    public async Task Events_handed_back_at_the_stop_come_again_in_their_order()
    {
        var first = await RunAsync(async (delivery, token) =>
        {
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await delivery.AbandonAsync(TimeSpan.Zero, CancellationToken.None);
        });
        await _harness.PublishAsync([.. Enumerable.Range(0, 3 * EventDriverHarness.MaxInFlight).Select(i => ($"us_evt_{i:00}", i % 2 == 0 ? "a" : "b"))]);
        await _received.WaitForAsync(2);
        await first.DisposeAsync();
        var before = _received.Items.Count;

        await using var again = await RunAsync(CompleteAsync);
        await _completed.WaitForAsync(3 * EventDriverHarness.MaxInFlight);

        AssertOrderPerKey([.. _received.Items.Skip(before)]);
    }

    private static void AssertOrderPerKey(IReadOnlyList<(string Id, string Key, int Count)> received)
    {
        foreach (var key in received.GroupBy(r => r.Key))
        {
            Assert.Equal(key.Select(r => r.Id).Order(StringComparer.Ordinal), key.Select(r => r.Id));
        }
    }
}
