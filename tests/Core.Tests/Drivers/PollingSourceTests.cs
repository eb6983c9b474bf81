using Contracts.Drivers;
using Contracts.Support;
using Flatfile.Agent;

namespace Core.Tests.Drivers;

/// <summary>Polling against a list that moves while it is read, and a source with wishes of its own.</summary>
public sealed class PollingSourceTests : IAsyncLifetime
{
    private readonly Arrivals<(string Id, string Key)> _received = new("deliveries");
    private readonly DateTimeOffset _old = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(5);
    private EventsServer _server = null!;
    private PollingHarness _harness = null!;

    public async Task InitializeAsync()
    {
        _server = await EventsServer.StartAsync();
        _harness = new PollingHarness(_server) { Since = _old - TimeSpan.FromMinutes(1), Configure = o => o.MaxInFlight = 5_000 };
    }

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    [Trait("Row", "E-25")]
    public async Task Events_that_slip_over_the_edge_of_a_page_are_delivered_although_they_are_old()
    {
        // Hours between them: what is missed once is far behind any overlap.
        Publish(450, i => _old + TimeSpan.FromSeconds(30 * i));
        var moved = false;
        _server.BeforePage = page =>
        {
            if (page == 2 && !moved)
            {
                moved = true;
                for (var i = 0; i < 50; i++)
                {
                    _server.AcknowledgeForeign(Id(i));
                }
            }
        };
        await using var running = await RunAsync();

        await Signal.UntilAsync(() => Task.FromResult(_received.Items.Select(r => r.Id).Distinct().Count() == 450), "all events");
        Assert.True(moved);
        Assert.Equal(450, _received.Items.Count);
    }

    [Fact]
    [Trait("Row", "E-25")]
    public async Task More_events_of_one_instant_than_a_page_holds_are_each_delivered_once_also_after_a_restart()
    {
        Publish(500, _ => _old);
        await using (await RunAsync())
        {
            await _received.WaitForAsync(500);
        }

        _server.Publish("us_evt_last", "a");
        await using var again = await RunAsync();
        await _received.WaitForAsync(501);

        Assert.Equal(501, _received.Items.Select(r => r.Id).Distinct().Count());
    }

    [Fact]
    [Trait("Row", "E-25")]
    public async Task A_source_that_lists_the_newest_first_is_read_from_its_end()
    {
        _server.NewestFirst = true;
        Publish(450, i => _old + TimeSpan.FromSeconds(30 * i));
        await using var running = await RunAsync();
        var all = await _received.WaitForAsync(450);

        Assert.Equal(Enumerable.Range(0, 450).Select(Id), all.Select(r => r.Id));
    }

    [Theory]
    [Trait("Row", "E-26")]
    [InlineData(404)]
    [InlineData(409)]
    public async Task An_acknowledgement_that_is_answered_404_or_409_is_none_to_repeat_and_its_event_is_not_handled_again(int status)
    {
        _server.AcknowledgementStatus = status;
        _server.Publish("us_evt_1", "a");
        await using var running = await RunAsync();
        await _received.WaitForAsync(1);
        var asked = _server.Questions.Items.Count;
        await Signal.UntilAsync(() => Task.FromResult(_server.Questions.Items.Count > asked + 5), "more questions");

        Assert.Single(_received.Items);
        Assert.Equal(1, _server.AcknowledgementsAsked);
    }

    [Fact]
    [Trait("Row", "E-26")]
    public async Task With_acknowledgements_of_no_effect_more_than_one_page_of_events_moves_on_all_the_same()
    {
        _server.AcknowledgementStatus = 404;
        Publish(450, i => _old + TimeSpan.FromSeconds(30 * i));
        await using var running = await RunAsync();
        await _received.WaitForAsync(450);
        await Signal.UntilAsync(() => Task.FromResult(!_server.Questions.Items[^1].Contains(_old.UtcDateTime.ToString("HH'%3A'mm", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            && _server.Questions.Items.TakeLast(5).All(q => q.Contains("pageNumber=1", StringComparison.Ordinal))), "the questions to move on");

        Assert.Equal(450, _received.Items.Count);
    }

    [Theory]
    [InlineData("2", 60_000, 2_000, 6_000)]
    [InlineData("3600", 400, 400, 1_050)]
    public async Task What_the_source_asks_to_wait_is_waited_but_no_longer_than_the_limit(string asked, int limit, int least, int most)
    {
        _harness.Configure = o => o.Polling.MaxRetryAfter = TimeSpan.FromMilliseconds(limit);
        _server.RetryAfter = asked;
        _server.Faults.Enqueue(429);
        await using var lateness = new Lateness();
        await using var running = await RunAsync();
        var times = await _server.AskedAt.WaitForAsync(2);

        var waited = TimeProvider.System.GetElapsedTime(times[0], times[1]).TotalMilliseconds;
        // Timers go by a clock in steps of some milliseconds.
        Assert.InRange(waited, least * 0.95, most + lateness.Longest.TotalMilliseconds);
    }

    private static string Id(int number) => $"us_evt_{number:000}";

    private void Publish(int count, Func<int, DateTimeOffset> at)
    {
        for (var i = 0; i < count; i++)
        {
            _server.Publish(Id(i), $"key{i % 7}", at(i));
        }
    }

    private async Task<RunningDriver> RunAsync() =>
        new(await _harness.StartDriverAsync(), async (delivery, token) =>
        {
            var @event = FlatfileEvent.Parse(delivery.Body);
            _received.Add((@event.Id, @event.Context.SpaceId!));
            await delivery.CompleteAsync(token);
        });
}
