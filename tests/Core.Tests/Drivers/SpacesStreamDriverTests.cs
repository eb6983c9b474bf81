using System.Text.Json.Nodes;
using Contracts.Drivers;
using Contracts.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Drivers.SpacesStream;
using Microsoft.Extensions.Logging;

namespace Core.Tests.Drivers;

public sealed class SpacesStreamDriverTests : IAsyncLifetime
{
    private readonly Arrivals<string> _received = new("deliveries");
    private readonly Arrivals<int> _unreadable = new("unreadable deliveries");
    private SpacesServer _server = null!;
    private SpacesStreamHarness _harness = null!;

    public Task InitializeAsync() => StartAsync(TimeSpan.FromSeconds(15));

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    [Trait("Row", "E-20")]
    [Trait("Row", "E-21")]
    public async Task Spaces_that_restarts_is_followed_on_and_nothing_is_missed_or_comes_twice()
    {
        await using var running = await RunAsync();
        for (var i = 0; i < 30; i++)
        {
            await RaiseAsync($"e{i:00}");
            if (i % 10 == 5)
            {
                await _server.RestartAsync();
            }
        }

        await _received.WaitForAsync(30);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"e{i:00}"), _received.Items);
    }

    [Fact]
    public async Task An_agent_without_a_place_begins_where_it_is_told_to()
    {
        await RaiseAsync("before");
        _harness.Configure = o => o.SpacesStream.Start = StreamStart.Now;
        await using (await RunAsync())
        {
            await _server.Streams.WaitForAsync(1);
            await Signal.UntilAsync(
                async () =>
                {
                    await RaiseAsync("now");
                    return _received.Items.Count > 0;
                },
                "the first event");
        }

        Assert.DoesNotContain("before", _received.Items);
        Assert.DoesNotContain("lastEventId", _server.Streams.Items[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_default_is_the_oldest_event_there_is()
    {
        await RaiseAsync("before");
        await using var running = await RunAsync();

        Assert.Equal("before", (await _received.WaitForAsync(1))[0]);
    }

    [Fact]
    public async Task Events_removed_by_age_are_said_loudly_and_the_oldest_left_come_next()
    {
        await using (await RunAsync())
        {
            await RaiseAsync("e1");
            await _received.WaitForAsync(1);
        }

        _server.Refuse = http => http.Request.Query["lastEventId"] == "0" ? null : 410;
        await using var again = await RunAsync();
        await RaiseAsync("e2");
        await Signal.UntilAsync(() => Task.FromResult(_received.Items.Contains("e2")), "the event after the gap");

        var error = Assert.Single(_harness.Log.Lines, l => l.Level == LogLevel.Error);
        Assert.StartsWith("EVENTS ARE LOST", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_the_server_never_gave_begins_its_log_from_the_start()
    {
        await using (await RunAsync())
        {
            await RaiseAsync("e1");
            await _received.WaitForAsync(1);
        }

        _server.Refuse = http => http.Request.Query["lastEventId"] == "0" ? null : 400;
        await using var again = await RunAsync();

        Assert.Equal(["e1", "e1"], await _received.WaitForAsync(2));
        Assert.Contains("its data folder is another one", Assert.Single(_harness.Log.Lines, l => l.Level == LogLevel.Error).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "FLATFILE_API_KEY")]
    [InlineData(403, "FLATFILE_API_KEY")]
    [InlineData(404, "Set Agent:Driver to Polling")]
    public async Task A_refusal_is_said_once_and_clearly_and_asking_goes_on(int status, string said)
    {
        _server.Refuse = _ => _server.Streams.Items.Count <= 3 ? status : null;
        await using var running = await RunAsync();
        await RaiseAsync("e1");
        await _received.WaitForAsync(1);

        Assert.Contains(said, Assert.Single(_harness.Log.Lines, l => l.Level == LogLevel.Error).Text, StringComparison.Ordinal);
        Assert.True(_server.Streams.Items.Count > 3);
    }

    [Fact]
    public async Task A_stream_that_is_silent_for_too_long_is_opened_again_and_one_that_gives_signs_of_life_is_not()
    {
        _harness.Configure = o => o.SpacesStream.Silence = TimeSpan.FromMilliseconds(400);
        await using (await RunAsync())
        {
            await _server.Streams.WaitForAsync(3);
        }

        await DisposeAsync();
        await StartAsync(TimeSpan.FromMilliseconds(50));
        _harness.Configure = o => o.SpacesStream.Silence = TimeSpan.FromSeconds(2);
        await using var running = await RunAsync();
        await _server.Streams.WaitForAsync(1);
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.Single(_server.Streams.Items);
    }

    [Fact]
    [Trait("Row", "E-19")]
    public async Task An_event_that_is_too_large_is_cut_off_said_and_followed_by_the_next()
    {
        _harness.Configure = o => o.SpacesStream.MaxEventBytes = 8 * 1024;
        await using var running = await RunAsync();
        await _server.RaiseAsync(new JsonObject { ["id"] = "large", ["x"] = new string('x', 100_000) });
        await RaiseAsync("e1");
        await _received.WaitForAsync(1);

        Assert.Equal(4096, Assert.Single(_unreadable.Items));
        Assert.Equal(["e1"], _received.Items);
        Assert.Contains(_harness.Log.Lines, l => l.Level == LogLevel.Error && l.Text.Contains("MaxEventBytes", StringComparison.Ordinal));
    }

    private async Task StartAsync(TimeSpan heartbeat)
    {
        _server = await SpacesServer.StartAsync(o => o.EventHeartbeat = heartbeat);
        _harness = new SpacesStreamHarness(_server);
    }

    private Task RaiseAsync(string name) => _server.RaiseAsync(new JsonObject { ["id"] = name });

    private async Task<RunningDriver> RunAsync() =>
        new(await _harness.StartPlainDriverAsync(), async (delivery, token) =>
        {
            try
            {
                if (FlatfileEvent.Parse(delivery.Body).PayloadText("id") is { } id)
                {
                    _received.Add(id);
                }
            }
            catch (UnreadableEventException)
            {
                _unreadable.Add(delivery.Body.Length);
            }

            await delivery.CompleteAsync(token);
        });
}
