using Contracts.Drivers;
using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Drivers.Polling;
using Microsoft.Extensions.Logging;

namespace Core.Tests.Drivers;

public sealed class PollingDriverTests : IAsyncLifetime
{
    private readonly Arrivals<string> _received = new("deliveries");
    private readonly CollectingLog<PollingDriver> _log = new();
    private EventsServer _server = null!;
    private PollingHarness _harness = null!;

    public async Task InitializeAsync()
    {
        _server = await EventsServer.StartAsync();
        _harness = new PollingHarness(_server) { Log = _log };
    }

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public async Task The_question_names_environment_and_time_and_leaves_out_acknowledged_events()
    {
        await using var running = await RunAsync();
        _server.Publish("us_evt_1", "a");
        await _received.WaitForAsync(1);

        Assert.Contains("environmentId=us_env_1", _server.Questions.Items[0], StringComparison.Ordinal);
        Assert.Contains("includeAcknowledged=false", _server.Questions.Items[0], StringComparison.Ordinal);
        Assert.Contains("since=", _server.Questions.Items[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_is_acknowledged_after_it_was_settled()
    {
        await using (await RunAsync())
        {
            _server.Publish("us_evt_1", "a");
            await _received.WaitForAsync(1);
        }

        Assert.Equal(["us_evt_1"], _server.Acknowledged);
    }

    [Fact]
    public async Task A_lost_acknowledgement_is_made_up_for_and_the_event_is_not_delivered_again()
    {
        _server.AcknowledgementsLost = 2;
        await using (await RunAsync())
        {
            _server.Publish("us_evt_1", "a");
            await _received.WaitForAsync(1);
            await Signal.UntilAsync(() => Task.FromResult(_server.Acknowledged.Count == 1), "the acknowledgement");
        }

        Assert.Equal(["us_evt_1"], _received.Items);
    }

    [Fact]
    public async Task Events_of_the_same_instant_are_each_delivered_once()
    {
        var at = TimeProvider.System.GetUtcNow();
        await using var running = await RunAsync();
        for (var i = 0; i < 30; i++)
        {
            _server.Publish($"us_evt_{i:00}", $"key{i}", at);
        }

        await _received.WaitForAsync(30);
        _server.Publish("us_evt_last", "a");
        await _received.WaitForAsync(31);

        Assert.Equal(31, _received.Items.Distinct().Count());
        Assert.Equal(31, _received.Items.Count);
    }

    [Fact]
    public async Task An_event_that_becomes_visible_late_is_delivered()
    {
        await using var running = await RunAsync();
        _server.Publish("us_evt_new", "a");
        await _received.WaitForAsync(1);

        _server.Publish("us_evt_late", "a", TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(5));

        Assert.Equal("us_evt_late", (await _received.WaitForAsync(2))[1]);
    }

    [Fact]
    public async Task A_backlog_of_many_pages_is_delivered_whole()
    {
        for (var i = 0; i < 450; i++)
        {
            _server.Publish($"us_evt_{i:000}", $"key{i % 7}");
        }

        await using var running = await RunAsync();
        await _received.WaitForAsync(450);

        Assert.Equal(450, _received.Items.Distinct().Count());
    }

    [Fact]
    public async Task A_source_that_fails_is_asked_again()
    {
        _server.Faults.Enqueue(400);
        await using var running = await RunAsync();
        _server.Publish("us_evt_1", "a");

        await _received.WaitForAsync(1);
    }

    [Fact]
    public async Task A_refused_key_is_said_once_and_clearly()
    {
        _server.Faults.Enqueue(401);
        _server.Faults.Enqueue(401);
        await using var running = await RunAsync();
        _server.Publish("us_evt_1", "a");
        await _received.WaitForAsync(1);

        var error = Assert.Single(_log.Lines, l => l.Level == LogLevel.Error);
        Assert.Contains("FLATFILE_API_KEY", error.Text, StringComparison.Ordinal);
    }

    private async Task<RunningDriver> RunAsync() =>
        new(await _harness.StartDriverAsync(), async (delivery, token) =>
        {
            _received.Add(FlatfileEvent.Parse(delivery.Body).Id);
            await delivery.CompleteAsync(token);
        });
}
