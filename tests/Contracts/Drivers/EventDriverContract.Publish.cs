using Contracts.Support;
using Flatfile.Agent;

namespace Contracts.Drivers;

/// <summary>What is published through the driver is durably on its bus.</summary>
public abstract partial class EventDriverContract
{
    [ContractFact]
    public async Task What_is_published_is_received_in_order_with_its_trace()
    {
        var traces = new Arrivals<string?>("trace contexts");
        await using var running = await RunAsync((delivery, token) =>
        {
            traces.Add(delivery.TraceParent);
            return CompleteAsync(delivery, token);
        });
        if (Publisher(running.Driver) is not { } publisher)
        {
            return;
        }

        await publisher.PublishAsync([], CancellationToken.None);
        await publisher.PublishAsync([.. Enumerable.Range(0, 200).Select(i => Outgoing($"us_evt_{i:000}", $"key{i % 3}"))], CancellationToken.None);

        AssertOrderPerKey(await _received.WaitForAsync(200));
        Assert.Equal(200, _received.Items.Select(r => r.Id).Distinct().Count());
        Assert.All(await traces.WaitForAsync(200), trace => Assert.Equal(Trace, trace));
    }

    [ContractFact]
    public async Task Publishing_while_the_bus_is_away_says_so_and_works_again_afterwards()
    {
        await using var running = await RunAsync(CompleteAsync);
        if (Publisher(running.Driver) is not { } publisher)
        {
            return;
        }

        await publisher.PublishAsync([Outgoing("us_evt_1", "a")], CancellationToken.None);
        await _completed.WaitForAsync(1);
        await _harness.BreakAsync();
        var refused = Assert.ThrowsAnyAsync<Exception>(() => publisher.PublishAsync([Outgoing("us_evt_2", "a")], CancellationToken.None));
        await Signal.WaitAsync(refused, "the publication to fail");
        await _harness.HealAsync();
        await publisher.PublishAsync([Outgoing("us_evt_2", "a")], CancellationToken.None);

        await Signal.UntilAsync(() => Task.FromResult(_completed.Items.Contains("us_evt_2")), "the event published after the outage");
    }

    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static OutgoingEvent Outgoing(string id, string key)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(EventDriverHarness.Event(id, key, TimeProvider.System.GetUtcNow()));
        return OutgoingEvent.Of(FlatfileEvent.Parse(body), body, Trace);
    }

    /// <summary>The publisher, or null after it was seen that the driver does not pretend to have one.</summary>
    private IEventPublisher? Publisher(IEventDriver driver)
    {
        var publisher = _harness.PublisherOf(driver);
        Assert.Equal(_harness.Publishes, publisher is not null);
        Assert.True(publisher is not null || driver is not IEventPublisher);
        Assert.True(publisher is null || publisher.Name == driver.Name);
        return publisher;
    }
}
