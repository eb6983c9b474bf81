using Contracts.Support;
using Flatfile.Agent.Core.Jobs;

namespace Contracts.Jobs;

/// <summary>What every engine keeps. Subclass it with a harness; green means the engine is done.</summary>
public abstract partial class JobEngineContract : IAsyncLifetime
{
    private JobEngineHarness _harness = null!;

    protected abstract Task<JobEngineHarness> CreateHarnessAsync();

    public async Task InitializeAsync() => _harness = await CreateHarnessAsync();

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [ContractFact]
    public async Task An_enqueued_ticket_is_run()
    {
        var runner = new CallbackRunner();
        var node = await StartAsync(runner);

        await node.EnqueueAsync("tk_1");

        Assert.Equal(["tk_1"], await runner.Runs.WaitForAsync(1));
    }

    [ContractFact]
    public async Task Every_ticket_of_many_is_run_once()
    {
        var runner = new CallbackRunner();
        var node = await StartAsync(runner);
        var all = Names(40);

        await Task.WhenAll(all.Select(id => node.EnqueueAsync(id)));
        await runner.Runs.WaitForAsync(40);
        await node.StopAsync();

        Assert.Equal(all, runner.Runs.Items.Order(StringComparer.Ordinal));
    }

    [ContractFact]
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
        var node = await StartAsync(runner);
        foreach (var id in Names(2 * JobEngineHarness.MaxConcurrentJobs))
        {
            await node.EnqueueAsync(id);
        }

        await full.WaitAsync();
        release.Set();
        await runner.Runs.WaitForAsync(2 * JobEngineHarness.MaxConcurrentJobs);

        Assert.Equal(JobEngineHarness.MaxConcurrentJobs, most);
    }

    [ContractFact]
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
        var node = await StartAsync(runner);
        var due = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1.5);

        await node.EnqueueAsync("tk_1", due);
        await done.WaitAsync();

        Assert.InRange(ran, due - TimeSpan.FromMilliseconds(50), due + TimeSpan.FromSeconds(2.5));
    }

    [ContractFact]
    public async Task A_ticket_enqueued_again_is_moved_to_the_new_time_and_run_once()
    {
        var runner = new CallbackRunner();
        var node = await StartAsync(runner);
        var tomorrow = TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(1);

        await node.EnqueueAsync("tk_1", tomorrow);
        await node.EnqueueAsync("tk_2", tomorrow);
        await node.EnqueueAsync("tk_1");
        await runner.Runs.WaitForAsync(1);
        await Signal.UntilAsync(async () => (await node.ListAsync()).Count == 1, "only the other ticket to be left");

        Assert.Equal(["tk_1"], runner.Runs.Items);
        Assert.Equal("tk_2", Assert.Single(await node.ListAsync()).TicketId);
    }

    [ContractFact]
    public async Task A_begun_ticket_goes_on_before_all_fresh_ones_that_wait()
    {
        // Runs of no length may begin in another order than they were handed to the thread pool in.
        var runner = new CallbackRunner((_, token) => Task.Delay(20, token));
        var node = _harness.Node(runner);
        var fresh = Names(30);
        foreach (var id in fresh)
        {
            await node.EnqueueAsync(id);
        }

        await node.EnqueueAsync("tk_begun", priority: TicketPriority.Begun);
        await node.StartAsync();
        var runs = await runner.Runs.WaitForAsync(31);

        // Those that were fetched together with it may be a little faster.
        Assert.InRange(runs.ToList().IndexOf("tk_begun"), 0, JobEngineHarness.MaxConcurrentJobs - 1);
    }

    [ContractFact]
    public async Task A_ticket_enqueued_later_while_it_runs_is_run_again()
    {
        EngineNode? node = null;
        var count = 0;
        var runner = new CallbackRunner(async (id, _) =>
        {
            if (Interlocked.Increment(ref count) == 1)
            {
                await node!.EnqueueAsync(id, TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(300));
            }
        });
        node = await StartAsync(runner);
        await node.EnqueueAsync("tk_1");

        Assert.Equal(["tk_1", "tk_1"], await runner.Runs.WaitForAsync(2));
    }

    [ContractFact]
    public async Task A_ticket_enqueued_at_once_while_it_runs_is_run_again()
    {
        EngineNode? node = null;
        var count = 0;
        var runner = new CallbackRunner(async (id, _) =>
        {
            if (Interlocked.Increment(ref count) == 1)
            {
                await node!.EnqueueAsync(id);
            }
        });
        node = await StartAsync(runner);
        await node.EnqueueAsync("tk_1");

        Assert.Equal(["tk_1", "tk_1"], await runner.Runs.WaitForAsync(2));
    }

    [ContractFact]
    public async Task A_runner_that_throws_does_not_stop_the_engine()
    {
        var runner = new CallbackRunner((id, _) => id == "tk_bad" ? throw new InvalidOperationException("the store is away") : Task.CompletedTask);
        var node = await StartAsync(runner);

        await node.EnqueueAsync("tk_bad");
        await runner.Runs.WaitForAsync(1);
        await node.EnqueueAsync("tk_good");

        Assert.Contains("tk_good", await runner.Runs.WaitForAsync(2));
    }

    [ContractFact]
    public async Task A_ticket_whose_runner_threw_can_be_enqueued_again()
    {
        var count = 0;
        var runner = new CallbackRunner((_, _) => Interlocked.Increment(ref count) == 1 ? throw new InvalidOperationException("the store is away") : Task.CompletedTask);
        var node = await StartAsync(runner);
        await node.EnqueueAsync("tk_1");
        await runner.Runs.WaitForAsync(1);
        await Signal.UntilAsync(async () => (await node.ListAsync()).Count == 0, "the failed run to be over");

        await node.EnqueueAsync("tk_1");

        Assert.Equal(["tk_1", "tk_1"], await runner.Runs.WaitForAsync(2));
    }

    private static List<string> Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"tk_{i:00}")];

    private async Task<EngineNode> StartAsync(IJobRunner runner)
    {
        var node = _harness.Node(runner);
        await node.StartAsync();
        return node;
    }
}
