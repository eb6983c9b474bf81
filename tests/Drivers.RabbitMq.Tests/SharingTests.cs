using System.Globalization;
using Contracts.Drivers;
using Contracts.Services;
using Contracts.Support;
using Flatfile.Agent;

namespace Drivers.RabbitMq.Tests;

/// <summary>Several processes at the same queues: each key at one of them at a time, in order.</summary>
[Collection(RabbitMqCollection.Name)]
public sealed class SharingTests(RabbitMqFixture fixture)
{
    private const int Keys = 16;

    private readonly Arrivals<(string Driver, string Key, int Number)> _done = new("events");
    private readonly Dictionary<string, (string Driver, int Count)> _inHand = [];
    private int _overlaps;

    [RabbitMqFact]
    public async Task A_second_process_gets_its_share_and_the_order_of_each_key_holds_over_both()
    {
        await using var harness = new RabbitMqHarness(fixture.Broker) { Partitions = 4, ShareInterval = TimeSpan.FromMilliseconds(200) };
        var published = 0;
        await using var one = Run(harness, "one");
        await PublishAsync();
        await _done.WaitForAsync(Keys);
        await using var two = Run(harness, "two");
        await Signal.UntilAsync(
            async () =>
            {
                await PublishAsync();
                return _done.Items.Count(d => d.Driver == "two") > 3 * Keys;
            },
            "the second process to get its share");

        var both = await _done.WaitForAsync(published);
        AssertOrder(both);
        Assert.Contains(both.Skip(both.Count / 2), d => d.Driver == "one");

        async Task PublishAsync()
        {
            var first = published / Keys;
            published += Keys;
            await harness.PublishAsync([.. Enumerable.Range(0, Keys).Select(k => ($"us_evt_{first:0000}", $"key{k}"))]);
        }
    }

    [RabbitMqFact]
    public async Task A_process_that_stops_leaves_its_keys_to_the_next_one_in_order()
    {
        const int Rounds = 30;
        await using var harness = new RabbitMqHarness(fixture.Broker) { Partitions = 2 };
        var one = Run(harness, "one");
        await harness.PublishAsync([.. Enumerable.Range(0, Rounds * Keys).Select(i => ($"us_evt_{i / Keys:0000}", $"key{i % Keys}"))]);
        await _done.WaitForAsync(Keys);
        await using var two = Run(harness, "two");
        await one.DisposeAsync();

        AssertOrder(await _done.WaitForAsync(Rounds * Keys));
    }

    /// <summary>Each event once, in order within its key, and never two of a key in two processes at the same time.</summary>
    private void AssertOrder(IReadOnlyList<(string Driver, string Key, int Number)> done)
    {
        Assert.Equal(0, _overlaps);
        Assert.All(done.GroupBy(d => d.Key), key => Assert.Equal(Enumerable.Range(0, key.Count()), key.Select(d => d.Number)));
    }

    private RunningDriver Run(RabbitMqHarness harness, string name) => new(harness.Driver(fixture.Broker.AmqpUri), async (delivery, token) =>
    {
        var @event = FlatfileEvent.Parse(delivery.Body);
        var key = @event.Context.SpaceId!;
        Enter(name, key);
        _done.Add((name, key, int.Parse(@event.Id["us_evt_".Length..], CultureInfo.InvariantCulture)));
        await Task.Yield();
        Leave(key);
        await delivery.CompleteAsync(token);
    });

    private void Enter(string name, string key)
    {
        lock (_inHand)
        {
            var (driver, count) = _inHand.GetValueOrDefault(key, (name, 0));
            _overlaps += count > 0 && driver != name ? 1 : 0;
            _inHand[key] = (name, count + 1);
        }
    }

    private void Leave(string key)
    {
        lock (_inHand)
        {
            var (driver, count) = _inHand[key];
            _inHand[key] = (driver, count - 1);
        }
    }
}
