using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;
using Flatfile.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Core.Tests.Dispatch;

/// <summary>The process dies at each point of an event's way; the next one finishes what is left, and only that.</summary>
public sealed class EventCrashTests : IAsyncLifetime
{
    private readonly Arrivals<string> _runs = new("handler runs");
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [Trait("Row", "E-01")]
    [Trait("Row", "E-02")]
    [Trait("Row", "E-05")]
    [Trait("Row", "E-06")]
    [InlineData("inbox.claim", null, 1)] // received, nothing known
    [InlineData(null, "inbox.claim", 1)] // known, not done
    [InlineData("inbox.done", null, 2)] // effect made, not remembered: it is made again
    [InlineData(null, "inbox.done", 1)] // remembered, not settled: dropped
    public async Task An_inline_handler_is_run_until_its_end_is_remembered(string? before, string? after, int runs)
    {
        _world.OnEvent("h", (context, _) => RanAsync(context.Event.Id));
        await CrashAsync(before, after, () => _world.PublishEvent("us_evt_1"));

        await using var again = await AgentProcess.StartAsync(_world);
        _world.PublishEvent("us_evt_2");
        await _runs.WaitForAsync(runs + 1);
        await again.StopAsync();

        Assert.Equal(runs, _runs.Items.Count(r => r == "us_evt_1"));
        Assert.Equal("us_evt_2", _runs.Items[^1]);
    }

    [Fact]
    [Trait("Row", "E-15")]
    public async Task An_event_that_cannot_be_read_is_one_dead_letter_although_the_process_died_before_it_was_settled()
    {
        _world.OnEvent("h", (context, _) => RanAsync(context.Event.Id));
        await CrashAsync(null, "dead.add", () => _world.Feed.Publish("no event at all"));

        await using var again = await AgentProcess.StartAsync(_world);
        _world.Feed.Publish("another that is none");
        _world.PublishEvent("us_evt_1");
        await _runs.WaitForAsync(1);
        await again.Get<EventPipeline>().WhenIdle;

        Assert.Equal(
            ["another that is none", "no event at all"],
            (await again.Get<IDeadLetters>().ListAsync(10, CancellationToken.None)).Select(l => System.Text.Encoding.UTF8.GetString(l.Body.Span)).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Row", "E-03")]
    public async Task A_handler_that_dies_before_its_effect_runs_again()
    {
        AgentProcess? first = null;
        _world.OnEvent("h", async (context, _) =>
        {
            if (_runs.Items.Count == 0)
            {
                _runs.Add("died");
                first!.Die();
                return;
            }

            await RanAsync(context.Event.Id);
        });
        first = await AgentProcess.StartAsync(_world);
        _world.PublishEvent("us_evt_1");
        await first.Crashed.WaitAsync();
        await first.KillAsync();

        await using var again = await AgentProcess.StartAsync(_world);

        Assert.Equal(["died", "us_evt_1"], await _runs.WaitForAsync(2));
    }

    [Fact]
    [Trait("Row", "E-04")]
    public async Task An_effect_whose_answer_was_lost_is_made_once_by_its_key()
    {
        AgentProcess? first = null;
        _world.OnEvent("h", async (context, services, token) =>
        {
            await services.GetRequiredService<FlatfileClient>().Events.AckAsync(context.Event.Id, token);
            _runs.Add(context.Event.Id);
            if (_runs.Items.Count == 1)
            {
                first!.Die();
            }
        });
        first = await AgentProcess.StartAsync(_world);
        _world.PublishEvent("us_evt_1");
        await first.Crashed.WaitAsync();
        await first.KillAsync();

        await using var again = await AgentProcess.StartAsync(_world);
        await _runs.WaitForAsync(2);

        Assert.Equal(1, _world.Flatfile.Effects);
    }

    [Fact]
    [Trait("Row", "E-08")]
    public async Task Of_three_handlers_only_those_not_done_run_again()
    {
        AgentProcess? first = null;
        _world.OnEvent("one", (_, _) => RanAsync("one"));
        _world.OnEvent("two", (_, _) =>
        {
            _runs.Add("two");
            if (_runs.Items.Count(r => r == "two") == 1)
            {
                first!.Die();
            }

            return Task.CompletedTask;
        });
        _world.OnEvent("three", (_, _) => RanAsync("three"));
        first = await AgentProcess.StartAsync(_world);
        _world.PublishEvent("us_evt_1");
        await first.Crashed.WaitAsync();
        await first.KillAsync();

        await using var again = await AgentProcess.StartAsync(_world);
        await _runs.WaitForAsync(4);
        await again.StopAsync();

        Assert.Equal(["one", "two", "two", "three"], _runs.Items);
    }

    [Theory]
    [Trait("Row", "E-09")]
    [InlineData("ticket.add", null)] // no ticket yet
    [InlineData(null, "ticket.add")] // ticket there, the engine does not know
    public async Task A_job_is_run_once_when_the_process_dies_around_its_ticket(string? before, string? after)
    {
        _world.OnJob("j", (_, _) => ResultAsync());
        await CrashAsync(before, after, () => _world.PublishJob("us_jb_1"));

        await using var again = await AgentProcess.StartAsync(_world);
        await _world.Flatfile.Ended.WaitForAsync(1);
        await again.StopAsync();

        Assert.Single(_runs.Items);
        Assert.Equal(1, await TicketsAsync());
    }

    [Fact]
    [Trait("Row", "E-10")]
    public async Task A_job_is_run_once_when_the_process_dies_after_the_engine_has_it()
    {
        _world.OnJob("j", (_, _) => ResultAsync());
        var first = await AgentProcess.StartAsync(_world);
        first.Engine.OnEnqueue = _ => first.Die();
        _world.PublishJob("us_jb_1");
        await first.Crashed.WaitAsync();
        await first.KillAsync();

        await using var again = await AgentProcess.StartAsync(_world);
        await _world.Flatfile.Ended.WaitForAsync(1);
        await again.StopAsync();

        Assert.Single(_runs.Items);
        Assert.Equal(1, await TicketsAsync());
    }

    [Fact]
    [Trait("Row", "E-16")]
    public async Task An_event_that_kills_the_process_each_time_is_given_up()
    {
        // The event is there before the process is: its handler may begin before the start returns.
        var born = new TaskCompletionSource<AgentProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.OnEvent("killer", async (_, _) =>
        {
            _runs.Add("killer");
            (await born.Task).Die();
        });
        _world.PublishEvent("us_evt_1");
        for (var i = 0; i < 3; i++)
        {
            born = new TaskCompletionSource<AgentProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
            var doomed = await AgentProcess.StartAsync(_world, configure: o => o.Events.MaxSuspectedAttempts = 3);
            born.SetResult(doomed);
            await doomed.Crashed.WaitAsync();
            await doomed.KillAsync();
        }

        var process = await AgentProcess.StartAsync(_world, configure: o => o.Events.MaxSuspectedAttempts = 3);
        var letter = await DeadLetterAsync(process);
        await process.StopAsync();

        Assert.Equal(3, _runs.Items.Count);
        Assert.Contains("died 3 times", letter.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_was_only_in_hand_when_the_process_died_is_handled_in_the_end_and_others_do_not_wait_for_it()
    {
        var born = new TaskCompletionSource<AgentProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        var deaths = 0;
        _world.OnEvent("h", async (context, _) =>
        {
            if (context.Event.Id == "us_evt_1" && deaths++ < 3)
            {
                (await born.Task).Die();
                return;
            }

            await RanAsync(context.Event.Id);
        });
        _world.PublishEvent("us_evt_1");
        for (var i = 0; i < 3; i++)
        {
            born = new TaskCompletionSource<AgentProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
            var doomed = await AgentProcess.StartAsync(_world);
            born.SetResult(doomed);
            await doomed.Crashed.WaitAsync();
            await doomed.KillAsync();
        }

        _world.PublishEvent("us_evt_2", "us_sp_2");
        await using var last = await AgentProcess.StartAsync(_world);

        Assert.Equal(["us_evt_1", "us_evt_2"], (await _runs.WaitForAsync(2)).Order(StringComparer.Ordinal));
        Assert.Empty(await last.Get<IDeadLetters>().ListAsync(10, CancellationToken.None));
    }

    private static async Task<DeadLetter> DeadLetterAsync(AgentProcess process)
    {
        IReadOnlyList<DeadLetter> letters = [];
        await Signal.UntilAsync(async () => (letters = await process.Get<IDeadLetters>().ListAsync(10, CancellationToken.None)).Count > 0, "a dead letter");
        return letters[0];
    }

    private async Task CrashAsync(string? before, string? after, Action publish)
    {
        var process = await AgentProcess.StartAsync(_world, before, after);
        publish();
        await process.Crashed.WaitAsync();
        await process.KillAsync();
    }

    private async Task<int> TicketsAsync()
    {
        await using var database = new SqliteAgentDatabase(_world.Folder.Path);
        await database.OpenAsync(CancellationToken.None);
        return await database.ReadAsync(c => c.Query("SELECT count(*) FROM tickets", r => r.GetInt32(0))[0], CancellationToken.None);
    }

    private Task RanAsync(string what)
    {
        _runs.Add(what);
        return Task.CompletedTask;
    }

    private Task<Flatfile.Agent.JobResult> ResultAsync()
    {
        _runs.Add("job");
        return Task.FromResult(new Flatfile.Agent.JobResult("done"));
    }
}
