using System.Diagnostics.Metrics;
using System.Text;
using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Drivers;
using Flatfile.Agent.Core.Store;

namespace Core.Tests.Dispatch;

public sealed class EventPipelineTests : IAsyncLifetime
{
    private readonly Arrivals<string> _runs = new("handler runs");
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task The_order_of_the_steps_is_the_one_of_the_design()
    {
        await using var process = await AgentProcess.StartAsync(_world);

        Assert.Equal("Trace → Read → Watch → Take → Bind → Lane → Enqueue → Invoke → Settle", process.Get<EventPipeline>().Order);
        Assert.Contains(process.Log.Lines, l => l.Text.Contains("Trace → Read", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Row", "E-14")]
    public async Task A_handler_that_always_fails_ends_in_a_dead_letter_and_stops_nobody()
    {
        _world.OnEvent("before", (_, _) => RanAsync("before"));
        _world.OnEvent("bad", (context, _) => throw new InvalidOperationException($"try {context.Attempt} failed"));
        _world.OnEvent("after", (_, _) => RanAsync("after"));
        await using var process = await AgentProcess.StartAsync(_world);
        _world.PublishEvent("us_evt_1");
        _world.PublishEvent("us_evt_2");
        await _runs.WaitForAsync(4);
        var letters = await LettersAsync(process, 2);

        Assert.Equal(["before", "after", "before", "after"], _runs.Items);
        Assert.All(letters, letter =>
        {
            Assert.Equal("bad", letter.HandlerId);
            Assert.Equal("space:updated", letter.Topic);
            Assert.Equal(5, letter.Attempts);
            Assert.Equal("try 5 failed (tried 5 times)", letter.Reason);
            Assert.Contains("InvalidOperationException", letter.Stack, StringComparison.Ordinal);
        });
    }

    [Fact]
    [Trait("Row", "F-02")]
    public async Task While_the_store_is_away_an_event_is_given_back_however_often_it_came()
    {
        _world.OnEvent("h", (_, _) => Task.CompletedTask);
        await using var process = await AgentProcess.StartAsync(_world);
        var database = process.Get<AgentDatabase>();
        var probe = database.Probe;
        database.Probe = (_, _) => throw new StoreAwayException("The store is away.", new IOException());
        var delivery = new LocalDelivery("""{"id":"us_evt_1","topic":"space:updated","domain":"x","context":{"spaceId":"us_sp_1"},"payload":{}}"""u8.ToArray(), 12);

        await process.Get<EventPipeline>().ProcessAsync(delivery);

        Assert.Equal(Settlement.Abandoned, delivery.Settlement);
        Assert.InRange(delivery.Delay, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        var unreadable = new LocalDelivery("no event"u8.ToArray(), 12);
        await process.Get<EventPipeline>().ProcessAsync(unreadable);
        Assert.Equal(Settlement.Abandoned, unreadable.Settlement);
        database.Probe = probe;
        Assert.Empty(await process.Get<IDeadLetters>().ListAsync(10, CancellationToken.None));
    }

    [Fact]
    [Trait("Row", "E-30")]
    public async Task A_handler_that_gets_every_event_and_fails_on_each_stops_nobody()
    {
        _world.OnEverything("all", (_, _) => throw new NotSupportedException("never"));
        _world.OnEvent("h", (context, _) => RanAsync(context.Event.Id));
        await using var process = await AgentProcess.StartAsync(_world);
        _world.PublishEvent("us_evt_1");
        _world.Publish("us_evt_2", "file:created", "us_sp_1", string.Empty, "{}");
        _world.PublishEvent("us_evt_3");
        await _runs.WaitForAsync(2);

        Assert.Equal(["us_evt_1", "us_evt_3"], _runs.Items);
        Assert.Equal(["us_evt_3", "us_evt_2", "us_evt_1"], (await LettersAsync(process, 3)).Select(l => l.EventId));
    }

    [Fact]
    [Trait("Row", "E-30")]
    public async Task A_filter_that_throws_is_a_dead_letter_of_its_handler_and_stops_nobody()
    {
        // Half a character: no text can be made of it.
        const string Payload = """{"name":"\ud800"}""";
        _world.OnEvent("glob", """{"name":"Good*"}""", (_, _) => RanAsync("glob"));
        _world.OnEvent("plain", """{"name":"Good"}""", (_, _) => RanAsync("plain"));
        _world.OnEvent("elsewhere", """{"spaceId":"us_sp_other"}""", (_, _) => RanAsync("elsewhere"));
        _world.OnEvent("any", (context, _) => RanAsync("any " + context.Event.Id));
        await using var process = await AgentProcess.StartAsync(_world);
        _world.Publish("us_evt_1", "space:updated", "us_sp_1", string.Empty, Payload);
        _world.Publish("us_evt_2", "space:updated", "us_sp_1", string.Empty, """{"name":"Good"}""");
        await _runs.WaitForAsync(4);
        var again = new LocalDelivery(Encoding.UTF8.GetBytes("{\"id\":\"us_evt_1\",\"topic\":\"space:updated\",\"domain\":\"x\",\"context\":{\"spaceId\":\"us_sp_1\"},\"payload\":" + Payload + "}"), 2);
        await process.Get<EventPipeline>().ProcessAsync(again);
        var letters = await LettersAsync(process, 2);

        Assert.Equal(["any us_evt_1", "any us_evt_2", "glob", "plain"], _runs.Items.Order(StringComparer.Ordinal));
        Assert.Equal(["glob", "plain"], letters.Select(l => l.HandlerId).Order(StringComparer.Ordinal));
        Assert.All(letters, letter =>
        {
            Assert.Equal("us_evt_1", letter.EventId);
            Assert.StartsWith("The filter of this handler throws on this event: ", letter.Reason, StringComparison.Ordinal);
            Assert.Contains("InvalidOperationException", letter.Stack, StringComparison.Ordinal);
        });
        Assert.Equal(Settlement.Completed, again.Settlement);
    }

    [Fact]
    public async Task A_fault_that_cannot_pass_is_not_tried_again()
    {
        var tries = 0;
        _world.OnEvent("bad", (_, _) =>
        {
            tries++;
            throw new NotSupportedException("never");
        });
        await using var process = await AgentProcess.StartAsync(_world);
        _world.PublishEvent("us_evt_1");
        await LettersAsync(process, 1);

        Assert.Equal(1, tries);
    }

    [Theory]
    [Trait("Row", "E-15")]
    [InlineData("no JSON at all")]
    [InlineData("""{"topic":"space:updated","context":{},"payload":{}}""")]
    [InlineData("""{"id":"us_evt_1","topic":"space:updated","context":[],"payload":{}}""")]
    [InlineData("[]")]
    [Trait("Row", "E-15")]
    public async Task What_cannot_be_read_is_a_dead_letter_at_once_and_the_next_event_is_handled(string body)
    {
        _world.OnEvent("h", (context, _) => RanAsync(context.Event.Id));
        await using var process = await AgentProcess.StartAsync(_world);
        _world.Feed.Publish(body);
        _world.PublishEvent("us_evt_good");
        await _runs.WaitForAsync(1);
        var letter = (await LettersAsync(process, 1))[0];

        Assert.Null(letter.HandlerId);
        Assert.Equal(body, System.Text.Encoding.UTF8.GetString(letter.Body.Span));
    }

    [Fact]
    [Trait("Row", "E-15")]
    public async Task An_event_without_handlers_is_settled_and_counted()
    {
        _world.OnEvent("h", (context, _) => RanAsync(context.Event.Id));
        await using (var process = await AgentProcess.StartAsync(_world))
        {
            _world.Publish("us_evt_odd", "nobody:knows:this", "us_sp_1", string.Empty, "{}");
            _world.PublishEvent("us_evt_1");
            await _runs.WaitForAsync(1);

            Assert.Equal(1, process.Get<AgentMetrics>().UnmatchedCount);
        }

        await using var again = await AgentProcess.StartAsync(_world);
        _world.PublishEvent("us_evt_2");
        await _runs.WaitForAsync(2);

        Assert.Equal(0, again.Get<AgentMetrics>().UnmatchedCount);
    }

    [Fact]
    [Trait("Row", "E-11")]
    public async Task Duplicates_at_the_same_instant_have_one_effect()
    {
        var release = new Signal("the release");
        _world.OnEvent("h", async (context, _) =>
        {
            _runs.Add(context.Event.Id);
            await release.Task;
        });
        _world.OnJob("j", (_, _) =>
        {
            _runs.Add("job");
            return Task.FromResult(new Flatfile.Agent.JobResult("done"));
        });
        await using var process = await AgentProcess.StartAsync(_world);
        for (var i = 0; i < 5; i++)
        {
            _world.PublishEvent("us_evt_1");
            _world.PublishJob("us_jb_1");
        }

        await _runs.WaitForAsync(1);
        release.Set();
        _world.PublishEvent("us_evt_last");
        await _runs.WaitForAsync(3);
        await _world.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal(["job", "us_evt_1", "us_evt_last"], _runs.Items.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Events_of_one_space_are_handled_in_order_and_spaces_do_not_wait_for_each_other()
    {
        var release = new Signal("the release of the first space");
        _world.OnEvent("h", async (context, _) =>
        {
            if (context.Event.Context.SpaceId == "us_sp_slow")
            {
                await release.Task;
            }

            _runs.Add(context.Event.Id);
        });
        await using var process = await AgentProcess.StartAsync(_world);
        for (var i = 0; i < 20; i++)
        {
            _world.PublishEvent($"slow_{i:00}", "us_sp_slow");
            _world.PublishEvent($"fast_{i:00}", "us_sp_fast");
        }

        await _runs.WaitForAsync(20);
        Assert.All(_runs.Items, r => Assert.StartsWith("fast", r, StringComparison.Ordinal));
        release.Set();
        var all = await _runs.WaitForAsync(40);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"fast_{i:00}"), all.Where(r => r.StartsWith("fast", StringComparison.Ordinal)));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"slow_{i:00}"), all.Where(r => r.StartsWith("slow", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_retry_keeps_the_lane()
    {
        _world.OnEvent("h", (context, _) =>
        {
            _runs.Add($"{context.Event.Id} {context.Attempt}");
            return context is { Event.Id: "us_evt_1", Attempt: < 3 } ? throw new TimeoutException("slow") : Task.CompletedTask;
        });
        await using var process = await AgentProcess.StartAsync(_world);
        _world.PublishEvent("us_evt_1");
        _world.PublishEvent("us_evt_2");

        Assert.Equal(["us_evt_1 1", "us_evt_1 2", "us_evt_1 3", "us_evt_2 1"], await _runs.WaitForAsync(4));
    }

    [Fact]
    [Trait("Row", "E-18")]
    public async Task Slow_handlers_hold_the_source_back()
    {
        var release = new Signal("the release");
        _world.OnEvent("h", async (context, _) =>
        {
            await release.Task;
            _runs.Add(context.Event.Id);
        });
        await using var process = await AgentProcess.StartAsync(_world, configure: o => o.MaxInFlight = 10);
        for (var i = 0; i < 2_000; i++)
        {
            _world.PublishEvent($"us_evt_{i}", $"us_sp_{i % 50}");
        }

        await Signal.UntilAsync(() => Task.FromResult(_world.Feed.ReadUpTo > 0), "the source to be read");
        await Task.WhenAny(release.Task, Task.Delay(300));
        var readWhileHeld = _world.Feed.ReadUpTo;
        release.Set();
        await _runs.WaitForAsync(2_000);

        // One page beyond what may be in hand is read, never the whole backlog.
        Assert.InRange(readWhileHeld, 1, 256);
    }

    [Fact]
    [Trait("Row", "E-18")]
    public async Task The_number_of_unsettled_events_and_the_age_of_the_oldest_are_metrics()
    {
        var release = new Signal("the release");
        _world.OnEvent("h", async (context, _) =>
        {
            _runs.Add(context.Event.Id);
            await release.Task;
        });
        await using var process = await AgentProcess.StartAsync(_world);
        using var gauges = new Gauges(process.Get<IMeterFactory>());
        Assert.Equal((0, 0), (gauges.Read("flatfile.events.unsettled"), gauges.Read("flatfile.events.oldest_unsettled")));
        var made = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1);
        _world.PublishEvent("us_evt_1", "us_sp_1");
        _world.Feed.Publish($$$"""{"id":"us_evt_2","topic":"space:updated","domain":"x","createdAt":"{{{made:O}}}","context":{"spaceId":"us_sp_2"},"payload":{}}""");
        await _runs.WaitForAsync(2);

        Assert.Equal(2, gauges.Read("flatfile.events.unsettled"));
        Assert.InRange(gauges.Read("flatfile.events.oldest_unsettled"), 3_600, 3_660);
        release.Set();
        await process.Get<EventPipeline>().WhenIdle;
        Assert.Equal((0, 0), (gauges.Read("flatfile.events.unsettled"), gauges.Read("flatfile.events.oldest_unsettled")));
    }

    [Fact]
    [Trait("Row", "E-17")]
    public async Task A_handler_that_takes_too_long_is_tried_again()
    {
        _world.OnEvent("h", (context, token) =>
        {
            _runs.Add($"try {context.Attempt}");
            return context.Attempt == 1 ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask;
        });
        await using var process = await AgentProcess.StartAsync(_world, configure: o => o.Events.AttemptTimeout = TimeSpan.FromMilliseconds(150));
        _world.PublishEvent("us_evt_1");

        Assert.Equal(["try 1", "try 2"], await _runs.WaitForAsync(2));
    }

    [Fact]
    public async Task Stopping_lets_the_running_handler_end_and_leaves_the_waiting_events_for_the_next_start()
    {
        var release = new Signal("the release");
        _world.OnEvent("h", async (context, _) =>
        {
            _runs.Add(context.Event.Id);
            await release.Task;
        });
        var process = await AgentProcess.StartAsync(_world);
        _world.PublishEvent("us_evt_1");
        _world.PublishEvent("us_evt_2");
        await _runs.WaitForAsync(1);
        var stopping = process.StopAsync();
        release.Set();
        await stopping;
        Assert.Equal(["us_evt_1"], _runs.Items);

        await using var again = await AgentProcess.StartAsync(_world);

        Assert.Equal(["us_evt_1", "us_evt_2"], await _runs.WaitForAsync(2));
    }

    [Fact]
    public async Task A_handler_cut_off_by_the_shutdown_runs_again_and_its_start_does_not_count_as_a_death()
    {
        _world.OnEvent("h", async (context, token) =>
        {
            _runs.Add(context.Event.Id);
            if (_runs.Items.Count <= 4)
            {
                await Task.Delay(Timeout.Infinite, token);
            }
        });
        _world.PublishEvent("us_evt_1");
        for (var i = 1; i <= 4; i++)
        {
            await using var process = await AgentProcess.StartAsync(_world, configure: o => o.ShutdownGrace = TimeSpan.FromMilliseconds(50));
            await _runs.WaitForAsync(i);
        }

        await using var last = await AgentProcess.StartAsync(_world);
        await _runs.WaitForAsync(5);
        await last.StopAsync();

        Assert.Empty(await DeadLettersAfterAsync());
    }

    private static async Task<IReadOnlyList<DeadLetter>> LettersAsync(AgentProcess process, int count)
    {
        IReadOnlyList<DeadLetter> letters = [];
        await Signal.UntilAsync(async () => (letters = await process.Get<IDeadLetters>().ListAsync(10, CancellationToken.None)).Count >= count, $"{count} dead letters");
        return letters;
    }

    private async Task<IReadOnlyList<DeadLetter>> DeadLettersAfterAsync()
    {
        await using var database = new SqliteAgentDatabase(_world.Folder.Path);
        await database.OpenAsync(CancellationToken.None);
        return await new StoredDeadLetters(database, TimeProvider.System).ListAsync(10, CancellationToken.None);
    }

    private Task RanAsync(string what)
    {
        _runs.Add(what);
        return Task.CompletedTask;
    }
}
