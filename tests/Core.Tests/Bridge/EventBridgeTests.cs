using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Bridge;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Core.Tests.Bridge;

public sealed class EventBridgeTests : IAsyncLifetime
{
    private readonly MemoryBus _bus = new();
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Events_reach_the_bus_in_order_with_what_the_bus_needs_and_leave_the_outbox()
    {
        await using var process = await StartAsync();
        for (var i = 0; i < 300; i++)
        {
            _world.PublishEvent($"us_evt_{i:000}", $"us_sp_{i % 3}");
        }

        var messages = await _bus.Messages.WaitForAsync(300);

        Assert.All(messages, m => Assert.Equal(("space:updated", m.Id), (m.Topic, FlatfileEvent.Parse(m.Body).Id)));
        AssertOrder(messages, 300);
        await Signal.UntilAsync(async () => await WaitingAsync(process) == 0, "the outbox to be empty");
    }

    [Theory]
    [Trait("Row", "E-10")]
    [InlineData("queue.append", null)]
    [InlineData(null, "queue.append")]
    [InlineData("queue.remove", null)]
    [InlineData(null, "queue.remove")]
    public async Task A_bridge_that_dies_loses_nothing_and_doubles_carry_the_same_message_id(string? before, string? after)
    {
        for (var i = 0; i < 50; i++)
        {
            _world.PublishEvent($"us_evt_{i:000}", $"us_sp_{i % 3}");
        }

        await using (var dying = await StartAsync(before, after))
        {
            await dying.Crashed.WaitAsync();
            await dying.KillAsync();
        }

        await using var process = await StartAsync();
        await Signal.UntilAsync(() => Task.FromResult(_bus.Messages.Items.Select(m => m.Id).Distinct().Count() == 50), "all messages");
        await Signal.UntilAsync(async () => await WaitingAsync(process) == 0, "the outbox to be empty");

        AssertOrder([.. _bus.Messages.Items.GroupBy(m => m.Id).Select(g => g.First())], 50);
    }

    [Fact]
    [Trait("Row", "E-20")]
    public async Task While_the_bus_is_away_the_outbox_fills_to_its_limit_and_no_further_and_nothing_is_dropped()
    {
        const int Limit = 20;
        _bus.GoAway();
        await using var process = await StartAsync(configure: o => o.Bridge.MaxOutboxEvents = Limit);
        for (var i = 0; i < 400; i++)
        {
            _world.PublishEvent($"us_evt_{i:000}", $"us_sp_{i % 3}");
        }

        await _bus.Refused.WaitAsync();
        await Signal.UntilAsync(async () => await WaitingAsync(process) == Limit, "the outbox to fill");
        _bus.GoAway();
        await _bus.Refused.WaitAsync();
        Assert.Equal(Limit, await WaitingAsync(process));
        _bus.ComeBack();

        AssertOrder(await _bus.Messages.WaitForAsync(400), 400);
        Assert.Equal(400, _bus.Messages.Items.Count);
    }

    [Fact]
    [Trait("Row", "E-15")]
    public async Task What_is_no_event_is_kept_among_the_dead_letters_and_holds_nobody_up()
    {
        await using var process = await StartAsync();
        _world.Feed.Publish("""{"id":"us_evt_bad"}""");
        _world.PublishEvent("us_evt_good");

        Assert.Equal("us_evt_good", Assert.Single(await _bus.Messages.WaitForAsync(1)).Id);
        Assert.Contains("topic", Assert.Single(await process.Get<IDeadLetters>().ListAsync(10, CancellationToken.None)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bridge_that_loses_its_lease_stops_and_goes_on_only_with_a_new_one()
    {
        await using var process = await StartAsync(configure: o => o.Bridge.Lease = TimeSpan.FromSeconds(2));
        _world.PublishEvent("us_evt_1");
        await _bus.Messages.WaitForAsync(1);
        var database = process.Get<AgentDatabase>();
        await database.WriteAsync(
            "steal",
            c =>
            {
                c.Run("INSERT INTO nodes(owner, name, alive_until) VALUES('thief', 'thief', 99999999999999)");
                c.Run($"UPDATE leases SET owner = 'thief', fence = fence + 1, until = {database.Now} + 60000");
            },
            CancellationToken.None);
        await Signal.UntilAsync(() => Task.FromResult(process.Log.Lines.Any(l => l.Text.Contains("has lost the lease", StringComparison.Ordinal) || l.Text.Contains("failed; it is started again", StringComparison.Ordinal))), "the loss to be noticed");
        _world.PublishEvent("us_evt_2");
        await Task.Delay(300);
        Assert.Single(_bus.Messages.Items);

        // The thief dies.
        await database.WriteAsync("bury", c => { c.Run("DELETE FROM nodes WHERE owner = 'thief'"); }, CancellationToken.None);
        await _bus.Messages.WaitForAsync(2);
    }

    [Theory]
    [InlineData("Polling", null, "Agent:Driver", "needs both Agent:Bridge:From and Agent:Bridge:To")]
    [InlineData("Bus", "Bus", "None", "would go round for ever")]
    [InlineData("InProcess", "Bus", "InProcess", "taken by one of the two only")]
    [InlineData("Kafka", "Bus", "None", "No driver named 'Kafka'. Known: InProcess, None, Polling, SpacesStream, Webhook. Set Agent:Bridge:From.")]
    [InlineData("InProcess", "Polling", "None", "No driver that can publish named 'Polling'. Known: Bus. Set Agent:Bridge:To.")]
    [InlineData(null, null, "None", "this agent would do nothing")]
    public async Task Names_that_do_not_fit_are_said_at_the_start(string? from, string? to, string driver, string said)
    {
        var fault = await Assert.ThrowsAsync<AgentStartException>(() => StartAsync(configure: o =>
        {
            o.Bridge.From = from;
            o.Bridge.To = to;
            o.Driver = driver == "Agent:Driver" ? "None" : driver;
        }));

        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    private static void AssertOrder(IReadOnlyList<OutgoingEvent> messages, int count)
    {
        Assert.Equal(count, messages.Count);
        foreach (var key in messages.GroupBy(m => m.OrderingKey))
        {
            Assert.Equal(FlatfileEvent.Parse(key.First().Body).Context.SpaceId, key.Key);
            Assert.Equal(key.Select(m => m.Id).Order(StringComparer.Ordinal), key.Select(m => m.Id));
        }
    }

    private static async Task<long> WaitingAsync(AgentProcess process) =>
        (await process.Get<IEventQueue>().MeasureAsync(BridgeOutbox.QueueName, CancellationToken.None)).Events;

    private Task<AgentProcess> StartAsync(string? before = null, string? after = null, Action<AgentOptions>? configure = null) => AgentProcess.StartAsync(
        _world, before, after,
        o =>
        {
            o.Driver = "None";
            o.Bridge.From = "InProcess";
            o.Bridge.To = "Bus";
            configure?.Invoke(o);
        },
        services => services.AddSingleton<IEventPublisher>(_bus));
}
