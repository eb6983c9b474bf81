using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Startup;

namespace Core.Tests.Dispatch;

/// <summary>Lanes and limits of single handlers, beside handlers that have none.</summary>
public sealed class HandlerLaneTests : IAsyncLifetime
{
    private readonly Arrivals<string> _runs = new("handler runs");
    private readonly Signal _release = new("the release");
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_handler_in_the_lane_of_a_sheet_neither_waits_for_the_space_nor_makes_it_wait()
    {
        _world.OnEvent("space", (context, _) => RanAsync("space", context));
        _world.OnEvent("sheet", (context, _) => HeldAsync("sheet", context, context.Event.Id == "1"));
        _world.Ruled(new HandlerRules { Lane = LaneKey.Sheet });
        await using var process = await AgentProcess.StartAsync(_world);
        _world.PublishSheetEvent("1", "us_sh_a");
        _world.PublishSheetEvent("2", "us_sh_a");
        _world.PublishSheetEvent("3", "us_sh_b");
        await _runs.WaitForAsync(5);

        Assert.Equal(["space 1", "space 2", "space 3"], Of("space"));
        Assert.Equal(["sheet 1 begins", "sheet 3"], Of("sheet").Order(StringComparer.Ordinal));
        _release.Set();
        Assert.Equal(["sheet 1", "sheet 2"], (await _runs.WaitForAsync(7)).Skip(5));
    }

    [Fact]
    public async Task Handlers_in_the_lane_of_the_space_keep_the_order_of_the_catalogue()
    {
        foreach (var id in new[] { "one", "two", "three" })
        {
            _world.OnEvent(id, (context, _) => RanAsync(id, context));
            if (id == "two")
            {
                _world.Ruled(new HandlerRules { Lane = LaneKey.None });
            }
        }

        await using var process = await AgentProcess.StartAsync(_world);
        _world.PublishEvent("1");
        _world.PublishEvent("2");
        await _runs.WaitForAsync(6);

        Assert.Equal(["one 1", "three 1", "one 2", "three 2"], _runs.Items.Where(r => !r.StartsWith("two", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_path_into_the_event_is_a_lane()
    {
        _world.OnEvent("h", (context, _) => HeldAsync("h", context, context.Event.Id == "1"));
        _world.Ruled(new HandlerRules { Lane = "payload.customer" });
        await using var process = await AgentProcess.StartAsync(_world);
        _world.PublishSheetEvent("1", "us_sh_a", """{"customer":"ada"}""");
        _world.PublishSheetEvent("2", "us_sh_a", """{"customer":"ada"}""");
        _world.PublishSheetEvent("3", "us_sh_a", """{"customer":"bob"}""");
        await _runs.WaitForAsync(2);

        Assert.Equal(["h 1 begins", "h 3"], _runs.Items.Order(StringComparer.Ordinal));
        _release.Set();
        Assert.Equal(["h 1", "h 2"], (await _runs.WaitForAsync(4)).Skip(2));
    }

    [Fact]
    public async Task A_limit_holds_for_its_handler_and_what_waits_holds_no_place_of_others()
    {
        _world.OnEvent("limited", (context, _) => HeldAsync("limited", context, held: true));
        _world.Ruled(new HandlerRules { Lane = LaneKey.None, Limit = 2 });
        _world.OnEvent("free", (context, _) => RanAsync("free", context));
        _world.Ruled(new HandlerRules { Lane = LaneKey.None });
        await using var process = await AgentProcess.StartAsync(_world, configure: o => o.MaxConcurrency = 3);
        for (var i = 0; i < 8; i++)
        {
            _world.PublishEvent($"{i}");
        }

        await _runs.WaitForAsync(10);
        Assert.Equal(8, Of("free").Count);
        Assert.Equal(["limited 0 begins", "limited 1 begins"], Of("limited").Order(StringComparer.Ordinal));
        _release.Set();
        Assert.Equal(8 + 16, (await _runs.WaitForAsync(24)).Count);
    }

    [Fact]
    public async Task A_limit_per_key_holds_for_each_key()
    {
        _world.OnEvent("h", (context, _) => HeldAsync("h", context, held: true));
        _world.Ruled(new HandlerRules { Lane = LaneKey.None, LimitPer = new Dictionary<string, int> { [LaneKey.Sheet] = 1 } });
        await using var process = await AgentProcess.StartAsync(_world);
        _world.PublishSheetEvent("1", "us_sh_a");
        _world.PublishSheetEvent("2", "us_sh_a");
        _world.PublishSheetEvent("3", "us_sh_b");
        _world.PublishSheetEvent("4", "us_sh_b");
        await _runs.WaitForAsync(2);

        Assert.Equal(["h 1 begins", "h 3 begins"], _runs.Items.Order(StringComparer.Ordinal));
        _release.Set();
        await _runs.WaitForAsync(8);
    }

    [Fact]
    public async Task The_settings_win_over_what_a_handler_says_of_itself()
    {
        _world.OnEvent("h", (context, _) => HeldAsync("h", context, context.Event.Id == "1"));
        await using var process = await AgentProcess.StartAsync(_world, configure: o =>
        {
            o.Handlers["h"] = new HandlerOptions { Lane = "none" };
            o.Handlers["gone"] = new HandlerOptions { MaxAttempts = 1 };
        });
        _world.PublishEvent("1");
        _world.PublishEvent("2");
        await _runs.WaitForAsync(2);

        Assert.Equal(["h 1 begins", "h 2"], _runs.Items.Order(StringComparer.Ordinal));
        _release.Set();
        await _runs.WaitForAsync(3);
    }

    [Fact]
    public async Task A_handler_has_its_own_number_of_attempts_and_its_own_time()
    {
        _world.OnEvent("slow", async (context, token) =>
        {
            _runs.Add($"slow try {context.Attempt}");
            await Task.Delay(Timeout.Infinite, token);
        });
        _world.Ruled(new HandlerRules { MaxAttempts = 2, AttemptTimeout = TimeSpan.FromMilliseconds(50) });
        await using var process = await AgentProcess.StartAsync(_world);
        _world.PublishEvent("1");
        IReadOnlyList<Flatfile.Agent.Core.Store.DeadLetter> letters = [];
        await Signal.UntilAsync(
            async () => (letters = await process.Get<Flatfile.Agent.Core.Store.IDeadLetters>().ListAsync(1, CancellationToken.None)).Count > 0, "a dead letter");

        Assert.Equal(["slow try 1", "slow try 2"], _runs.Items);
        Assert.Equal("It took longer than 00:00:00.0500000. (tried 2 times)", letters[0].Reason);
    }

    [Fact]
    public async Task The_lane_of_a_job_handler_holds_for_its_runs()
    {
        _world.OnJob("j", async (context, _) =>
        {
            _runs.Add(context.JobId);
            await _release.Task;
            return new JobResult("done");
        });
        _world.Ruled(new HandlerRules { Lane = LaneKey.None });
        await using var process = await AgentProcess.StartAsync(_world);
        _world.PublishJob("us_jb_1");
        _world.PublishJob("us_jb_2");

        Assert.Equal(["us_jb_1", "us_jb_2"], (await _runs.WaitForAsync(2)).Order(StringComparer.Ordinal));
        _release.Set();
        await _world.Flatfile.Ended.WaitForAsync(2);
    }

    [Fact]
    public async Task The_limit_of_a_job_handler_holds_for_its_runs_and_the_next_begins_when_one_ends()
    {
        _world.OnJob("j", async (context, _) =>
        {
            _runs.Add(context.JobId);
            await (context.JobId == "us_jb_1" ? _release.Task : Task.CompletedTask);
            return new JobResult("done");
        });
        _world.Ruled(new HandlerRules { Lane = LaneKey.None, Limit = 1 });
        await using var process = await AgentProcess.StartAsync(_world);
        _world.PublishJob("us_jb_1");
        await _runs.WaitForAsync(1);
        _world.PublishJob("us_jb_2");
        _world.PublishJob("us_jb_3");
        await process.Engine.Enqueued.WaitForAsync(3);
        await Signal.UntilAsync(
            () => Task.FromResult(process.Log.Lines.Count(l => l.Text.Contains("waits for a place", StringComparison.Ordinal)) == 2), "both others to find no place");
        Assert.Equal(["us_jb_1"], _runs.Items);
        _release.Set();

        // Without a lane nothing is said about who of the others comes first.
        Assert.Equal(["us_jb_1", "us_jb_2", "us_jb_3"], (await _runs.WaitForAsync(3)).Order());
        await _world.Flatfile.Ended.WaitForAsync(3);
    }

    private IReadOnlyList<string> Of(string handler) => [.. _runs.Items.Where(r => r.StartsWith(handler, StringComparison.Ordinal))];

    private Task RanAsync(string handler, EventContext context)
    {
        _runs.Add($"{handler} {context.Event.Id}");
        return Task.CompletedTask;
    }

    private async Task HeldAsync(string handler, EventContext context, bool held)
    {
        if (held)
        {
            _runs.Add($"{handler} {context.Event.Id} begins");
            await _release.Task;
        }

        await RanAsync(handler, context);
    }
}
