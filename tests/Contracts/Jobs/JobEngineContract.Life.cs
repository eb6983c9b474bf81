using Contracts.Support;

namespace Contracts.Jobs;

/// <summary>Pause, stop, restart and the death of a process.</summary>
public abstract partial class JobEngineContract
{
    [ContractFact]
    public async Task A_waiting_ticket_survives_a_restart()
    {
        var first = new CallbackRunner();
        var node = _harness.Node(first);
        await node.EnqueueAsync("tk_1");
        await node.DisposeAsync();
        Assert.Empty(first.Runs.Items);

        var second = new CallbackRunner();
        await StartAsync(second);

        Assert.Equal(["tk_1"], await second.Runs.WaitForAsync(1));
    }

    [ContractFact]
    [Trait("Row", "J-18")]
    public async Task Tickets_that_ran_and_that_waited_when_their_process_was_killed_are_all_run()
    {
        var all = Names(3 * JobEngineHarness.MaxConcurrentJobs);
        await using var child = await ChildEngine.StartAsync(GetType().Assembly.Location, _harness.ProgramArguments, all, JobEngineHarness.MaxConcurrentJobs);
        await child.KillAsync();

        var runner = new CallbackRunner();
        await StartAsync(runner);
        await Signal.UntilAsync(() => Task.FromResult(all.All(runner.Runs.Items.Contains)), "all tickets to be run", TimeSpan.FromSeconds(40));

        Assert.Equal(all, runner.Runs.Items.Distinct().Order(StringComparer.Ordinal));
    }

    [ContractFact]
    public async Task A_ticket_that_was_running_at_an_orderly_stop_is_run_again()
    {
        var first = new CallbackRunner((_, token) => Task.Delay(Timeout.Infinite, token));
        var node = await StartAsync(first);
        await node.EnqueueAsync("tk_1");
        await first.Runs.WaitForAsync(1);
        await node.PauseAsync();
        await node.DisposeAsync();

        var second = new CallbackRunner();
        await StartAsync(second);

        Assert.Equal("tk_1", (await second.Runs.WaitForAsync(1))[0]);
    }

    [ContractFact]
    public async Task A_paused_engine_begins_nothing_until_it_is_started_again()
    {
        var running = new Signal("the first run to begin");
        var release = new Signal("the release of the first run");
        var ended = new Signal("the first run to end");
        var runner = new CallbackRunner(async (id, token) =>
        {
            if (id == "tk_1")
            {
                running.Set();
                await release.Task.WaitAsync(token);
                ended.Set();
            }
        });
        var node = await StartAsync(runner);
        await node.EnqueueAsync("tk_1");
        await running.WaitAsync();
        await node.PauseAsync();
        await node.EnqueueAsync("tk_2");

        release.Set();
        await ended.WaitAsync();
        Assert.Equal(["tk_1"], runner.Runs.Items);

        await node.StartAsync();
        Assert.Equal(["tk_1", "tk_2"], await runner.Runs.WaitForAsync(2));
    }

    [ContractFact]
    public async Task An_idle_engine_runs_what_arrives_in_its_own_process_quickly()
    {
        var runner = new CallbackRunner();
        var node = await StartAsync(runner);

        Assert.True(await MedianPickUpAsync(node, runner) < TimeSpan.FromMilliseconds(300));
    }

    [ContractFact]
    public async Task An_idle_engine_runs_what_another_node_enqueued_within_a_second()
    {
        if (!_harness.IsShared)
        {
            return;
        }

        var runner = new CallbackRunner();
        await StartAsync(runner);
        var sender = _harness.Node(new CallbackRunner());

        Assert.True(await MedianPickUpAsync(sender, runner) < TimeSpan.FromSeconds(1));
    }

    [ContractFact]
    [Trait("Row", "J-21")]
    public async Task Two_nodes_share_the_work_and_run_no_ticket_twice()
    {
        if (!_harness.IsShared)
        {
            return;
        }

        var all = Names(60);
        // Each waits until the other has begun one too: however fast one node is, the rest is left to the other.
        var (oneBegun, otherBegun) = (new Signal("a run on the first node"), new Signal("a run on the second node"));
        var one = new CallbackRunner((_, _) => BothAsync(oneBegun, otherBegun));
        var other = new CallbackRunner((_, _) => BothAsync(otherBegun, oneBegun));
        var node = await StartAsync(one);
        await StartAsync(other);
        await Task.WhenAll(all.Select(id => node.EnqueueAsync(id)));

        // One that was just fetched may be on no list for a moment, so the runs are counted too.
        await Signal.UntilAsync(async () => one.Runs.Items.Count + other.Runs.Items.Count >= all.Count && (await node.ListAsync()).Count == 0, "all tickets to be run");

        Assert.Equal(all, one.Runs.Items.Concat(other.Runs.Items).Order(StringComparer.Ordinal));
        Assert.NotEmpty(one.Runs.Items);
        Assert.NotEmpty(other.Runs.Items);
    }

    private static async Task BothAsync(Signal mine, Signal other)
    {
        mine.Set();
        await other.WaitAsync();
    }

    /// <summary>Of several tickets, one after the other, each after the engine has been idle for a while.</summary>
    private static async Task<TimeSpan> MedianPickUpAsync(EngineNode sender, CallbackRunner runner)
    {
        var times = new List<TimeSpan>();
        await sender.EnqueueAsync("tk_warm");
        await runner.Runs.WaitForAsync(1);
        for (var i = 0; i < 7; i++)
        {
            // Not in step with the engine's own looks.
            await Task.Delay(TimeSpan.FromMilliseconds(370));
            var begun = TimeProvider.System.GetTimestamp();
            await sender.EnqueueAsync($"tk_{i}");
            await runner.Runs.WaitForAsync(i + 2);
            times.Add(TimeProvider.System.GetElapsedTime(begun));
        }

        return times.Order().ElementAt(times.Count / 2);
    }
}
