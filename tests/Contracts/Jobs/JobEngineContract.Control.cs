using Contracts.Support;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Recurring;

namespace Contracts.Jobs;

/// <summary>Cancel, list, and recurring work.</summary>
public abstract partial class JobEngineContract
{
    private static readonly RecurringEntry EverySecond = new("often", "* * * * * *", "UTC", Paused: false);

    [ContractFact]
    public async Task A_cancelled_ticket_that_waits_is_never_run()
    {
        var runner = new CallbackRunner();
        var node = _harness.Node(runner);
        await node.EnqueueAsync("tk_1");
        await node.EnqueueAsync("tk_2", TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(200));
        await node.EnqueueAsync("tk_3");

        await node.CancelAsync("tk_1");
        await node.CancelAsync("tk_2");
        await node.CancelAsync("tk_unknown");
        Assert.Equal("tk_3", Assert.Single(await node.ListAsync()).TicketId);
        await node.StartAsync();
        await runner.Runs.WaitForAsync(1);
        await node.EnqueueAsync("tk_4", TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(700));

        Assert.Equal(["tk_3", "tk_4"], await runner.Runs.WaitForAsync(2));
    }

    [ContractFact]
    public async Task A_cancelled_ticket_that_runs_is_told_and_does_not_come_back()
    {
        var runner = new CallbackRunner((id, token) => id == "tk_1" ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask);
        var node = await StartAsync(runner);
        await node.EnqueueAsync("tk_1");
        await runner.Runs.WaitForAsync(1);

        await node.CancelAsync("tk_1");
        await Signal.UntilAsync(async () => (await node.ListAsync()).Count == 0, "the run to end");
        await node.EnqueueAsync("tk_2", TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(700));

        Assert.Equal(["tk_1", "tk_2"], await runner.Runs.WaitForAsync(2));
    }

    [ContractFact]
    public async Task A_ticket_that_runs_on_another_node_can_be_cancelled()
    {
        if (!_harness.IsShared)
        {
            return;
        }

        var told = new Signal("the run to be told");
        var runner = new CallbackRunner(async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            told.Set();
            token.ThrowIfCancellationRequested();
        });
        var node = await StartAsync(runner);
        await node.EnqueueAsync("tk_1");
        await runner.Runs.WaitForAsync(1);

        var other = await StartAsync(new CallbackRunner());
        await other.CancelAsync("tk_1");

        await told.WaitAsync();
    }

    [ContractFact]
    public async Task The_list_says_what_runs_and_what_waits_for_when()
    {
        var release = new Signal("the release of the run");
        var runner = new CallbackRunner((_, token) => release.Task.WaitAsync(token));
        var node = await StartAsync(runner);
        var later = TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1);
        await node.EnqueueAsync("tk_later", later);
        await node.EnqueueAsync("tk_runs");
        await runner.Runs.WaitForAsync(1);
        IReadOnlyList<EngineEntry> list = [];
        await Signal.UntilAsync(async () => (list = await node.ListAsync()).Count(e => e.IsRunning) == 1, "the run to be listed");
        await node.PauseAsync();
        await node.EnqueueAsync("tk_waits");
        list = await node.ListAsync();
        release.Set();

        Assert.Equal(["tk_later", "tk_runs", "tk_waits"], list.Select(e => e.TicketId).Order(StringComparer.Ordinal));
        Assert.True(list.Single(e => e.TicketId == "tk_runs").IsRunning);
        Assert.Null(list.Single(e => e.TicketId == "tk_waits").NotBefore);
        Assert.InRange(list.Single(e => e.TicketId == "tk_later").NotBefore!.Value, later - TimeSpan.FromSeconds(1), later + TimeSpan.FromSeconds(1));
    }

    [ContractFact]
    public async Task Recurring_work_is_told_each_time_and_what_is_paused_or_taken_out_is_not()
    {
        var work = new FiredWork();
        var node = _harness.Node(new CallbackRunner(), work);
        await node.StartAsync();
        await node.Engine.SetRecurringAsync([EverySecond, EverySecond with { Id = "paused", Paused = true }, EverySecond with { Id = "gone" }], CancellationToken.None);
        await node.Engine.SetRecurringAsync([EverySecond, EverySecond with { Id = "paused", Paused = true }], CancellationToken.None);
        var before = work.Fired.Items.Count(f => f.Id == "gone");
        await Signal.UntilAsync(() => Task.FromResult(work.Fired.Items.Count(f => f.Id == "often") >= 3), "three firings");

        Assert.DoesNotContain(work.Fired.Items, f => f.Id == "paused");
        Assert.InRange(work.Fired.Items.Count(f => f.Id == "gone"), before, before + 1);
        Assert.All(work.Fired.Items, f => Assert.Equal(FireCause.Due, f.Cause));
        await node.StopAsync();
    }

    [ContractFact]
    [Trait("Row", "J-28")]
    public async Task A_time_that_came_while_no_node_was_there_is_told_once_after_the_start()
    {
        var first = _harness.Node(new CallbackRunner());

        // The first call makes the tables, which may take longer than the time has to come.
        await first.Engine.SetRecurringAsync([], CancellationToken.None);
        var yearly = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(3);
        var entry = EverySecond with { Id = "soon", Cron = $"{yearly.Second} {yearly.Minute} {yearly.Hour} {yearly.Day} {yearly.Month} *" };
        await first.Engine.SetRecurringAsync([entry], CancellationToken.None);
        await first.DisposeAsync();
        await Signal.UntilAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow() > yearly + TimeSpan.FromSeconds(1.5)), "the time to pass");

        var work = new FiredWork();
        var node = _harness.Node(new CallbackRunner(), work);
        await node.Engine.SetRecurringAsync([entry], CancellationToken.None);
        await node.StartAsync();
        await work.Fired.WaitForAsync(1);
        await node.EnqueueAsync("tk_1", TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(2));
        await Signal.UntilAsync(async () => (await node.ListAsync()).Count == 0, "two seconds more");

        Assert.Equal([("soon", FireCause.Due)], work.Fired.Items);
    }
}
