using Contracts.Support;
using Flatfile.Agent.Core.Jobs;

namespace Contracts.Jobs;

/// <summary>What every engine keeps. Subclass it with a harness; green means the engine is done.</summary>
public abstract class JobEngineContract : IAsyncLifetime
{
    private JobEngineHarness _harness = null!;

    protected abstract Task<JobEngineHarness> CreateHarnessAsync();

    public async Task InitializeAsync() => _harness = await CreateHarnessAsync();

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public async Task An_enqueued_ticket_is_run()
    {
        var runner = new CallbackRunner();
        var engine = await StartAsync(runner);

        await engine.EnqueueAsync("tk_1", null, CancellationToken.None);

        Assert.Equal(["tk_1"], await runner.Runs.WaitForAsync(1));
        await engine.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Every_ticket_of_many_is_run_once()
    {
        var runner = new CallbackRunner();
        var engine = await StartAsync(runner);
        var all = Enumerable.Range(0, 40).Select(i => $"tk_{i:00}").ToList();

        await Task.WhenAll(all.Select(id => engine.EnqueueAsync(id, null, CancellationToken.None)));
        var runs = await runner.Runs.WaitForAsync(40);
        await engine.StopAsync(CancellationToken.None);

        Assert.Equal(all, runner.Runs.Items.Order(StringComparer.Ordinal));
        Assert.Equal(40, runs.Count);
    }

    [Fact]
    public async Task Tickets_run_beside_each_other_up_to_the_limit()
    {
        var inHand = 0;
        var most = 0;
        var full = new Signal("all places to be taken");
        var release = new Signal("the release of the runs");
        var runner = new CallbackRunner(async (_, _) =>
        {
            var now = Interlocked.Increment(ref inHand);
            most = Math.Max(most, now);
            if (now == JobEngineHarness.MaxConcurrentJobs)
            {
                full.Set();
            }

            await release.Task;
            Interlocked.Decrement(ref inHand);
        });
        var engine = await StartAsync(runner);
        for (var i = 0; i < 2 * JobEngineHarness.MaxConcurrentJobs; i++)
        {
            await engine.EnqueueAsync($"tk_{i}", null, CancellationToken.None);
        }

        await full.WaitAsync();
        release.Set();
        await runner.Runs.WaitForAsync(2 * JobEngineHarness.MaxConcurrentJobs);
        await engine.StopAsync(CancellationToken.None);

        Assert.Equal(JobEngineHarness.MaxConcurrentJobs, most);
    }

    [Fact]
    public async Task A_ticket_waits_for_its_time()
    {
        var ran = DateTimeOffset.MinValue;
        var done = new Signal("the delayed ticket to run");
        var runner = new CallbackRunner((_, _) =>
        {
            ran = TimeProvider.System.GetUtcNow();
            done.Set();
            return Task.CompletedTask;
        });
        var engine = await StartAsync(runner);
        var due = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1.5);

        await engine.EnqueueAsync("tk_1", due, CancellationToken.None);
        await done.WaitAsync();
        await engine.StopAsync(CancellationToken.None);

        Assert.InRange(ran, due - TimeSpan.FromMilliseconds(50), due + TimeSpan.FromSeconds(2.5));
    }

    [Fact]
    public async Task A_waiting_ticket_survives_a_restart()
    {
        var first = new CallbackRunner();
        var engine = await _harness.CreateEngineAsync(first);
        await engine.EnqueueAsync("tk_1", null, CancellationToken.None);
        await engine.StopAsync(CancellationToken.None);
        Assert.Empty(first.Runs.Items);

        var second = new CallbackRunner();
        var again = await StartAsync(second);

        Assert.Equal(["tk_1"], await second.Runs.WaitForAsync(1));
        await again.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_ticket_that_was_running_when_the_process_was_killed_is_run_again()
    {
        var never = new Signal("nothing");
        var first = new CallbackRunner((_, _) => never.Task);
        var engine = await StartAsync(first);
        await engine.EnqueueAsync("tk_1", null, CancellationToken.None);
        await first.Runs.WaitForAsync(1);
        await _harness.KillAsync(engine);

        var second = new CallbackRunner();
        var again = await StartAsync(second);

        Assert.Equal("tk_1", (await second.Runs.WaitForAsync(1))[0]);
        await again.StopAsync(CancellationToken.None);
        never.Set();
    }

    [Fact]
    public async Task A_ticket_that_was_running_at_an_orderly_stop_is_run_again()
    {
        var first = new CallbackRunner((_, token) => Task.Delay(Timeout.Infinite, token));
        var engine = await StartAsync(first);
        await engine.EnqueueAsync("tk_1", null, CancellationToken.None);
        await first.Runs.WaitForAsync(1);
        await engine.PauseAsync(CancellationToken.None);
        await engine.StopAsync(CancellationToken.None);

        var second = new CallbackRunner();
        var again = await StartAsync(second);

        Assert.Equal("tk_1", (await second.Runs.WaitForAsync(1))[0]);
        await again.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_ticket_that_arrives_at_an_idle_engine_is_run_quickly()
    {
        var runner = new CallbackRunner();
        var engine = await StartAsync(runner);
        await engine.EnqueueAsync("tk_warm", null, CancellationToken.None);
        await runner.Runs.WaitForAsync(1);

        // Longer than the engine's idle wait, so that it is in the middle of one.
        await Task.Delay(TimeSpan.FromSeconds(1.2));
        var begun = TimeProvider.System.GetTimestamp();
        await engine.EnqueueAsync("tk_1", null, CancellationToken.None);
        await runner.Runs.WaitForAsync(2);
        var elapsed = TimeProvider.System.GetElapsedTime(begun);
        await engine.StopAsync(CancellationToken.None);

        Assert.True(elapsed < TimeSpan.FromMilliseconds(700), $"It took {elapsed}.");
    }

    [Fact]
    public async Task A_ticket_enqueued_while_it_runs_is_run_again()
    {
        IJobEngine? engine = null;
        var count = 0;
        var runner = new CallbackRunner(async (id, token) =>
        {
            if (Interlocked.Increment(ref count) == 1)
            {
                await engine!.EnqueueAsync(id, TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(300), token);
            }
        });
        engine = await StartAsync(runner);
        await engine.EnqueueAsync("tk_1", null, CancellationToken.None);

        Assert.Equal(["tk_1", "tk_1"], await runner.Runs.WaitForAsync(2));
        await engine.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_ticket_enqueued_at_once_while_it_runs_is_run_again()
    {
        IJobEngine? engine = null;
        var count = 0;
        var runner = new CallbackRunner(async (id, token) =>
        {
            if (Interlocked.Increment(ref count) == 1)
            {
                await engine!.EnqueueAsync(id, null, token);
            }
        });
        engine = await StartAsync(runner);
        await engine.EnqueueAsync("tk_1", null, CancellationToken.None);

        Assert.Equal(["tk_1", "tk_1"], await runner.Runs.WaitForAsync(2));
        await engine.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_runner_that_throws_does_not_stop_the_engine()
    {
        var runner = new CallbackRunner((id, _) => id == "tk_bad" ? throw new InvalidOperationException("the store is away") : Task.CompletedTask);
        var engine = await StartAsync(runner);

        await engine.EnqueueAsync("tk_bad", null, CancellationToken.None);
        await runner.Runs.WaitForAsync(1);
        await engine.EnqueueAsync("tk_good", null, CancellationToken.None);

        Assert.Contains("tk_good", await runner.Runs.WaitForAsync(2));
        await engine.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_paused_engine_begins_nothing()
    {
        var runner = new CallbackRunner();
        var engine = await StartAsync(runner);
        await engine.PauseAsync(CancellationToken.None);
        await engine.EnqueueAsync("tk_1", null, CancellationToken.None);
        await engine.StopAsync(CancellationToken.None);

        Assert.Empty(runner.Runs.Items);
    }

    private async Task<IJobEngine> StartAsync(IJobRunner runner)
    {
        var engine = await _harness.CreateEngineAsync(runner);
        await engine.StartAsync(CancellationToken.None);
        return engine;
    }
}
