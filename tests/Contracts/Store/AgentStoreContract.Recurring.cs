using Contracts.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Recurring;
using Flatfile.Agent.Core.Store;

namespace Contracts.Store;

public abstract partial class AgentStoreContract
{
    private static readonly DateTimeOffset Noon = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [ContractFact]
    public async Task Of_many_that_take_a_slot_at_the_same_instant_one_gets_it()
    {
        var (one, other) = await TwoAsync();
        IRecurringStore[] stores = [new StoredRecurring(one.Database), new StoredRecurring(other.Database)];
        await stores[0].TrackAsync("w", "s", Noon, CancellationToken.None);
        await stores[1].TrackAsync("w", "s", Noon.AddHours(5), CancellationToken.None);
        var decision = Decision(Noon);

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => stores[i % 2].DecideAsync(decision, CancellationToken.None)));

        Assert.Single(taken, true);
        var (rows, open) = await stores[1].ReadAsync(CancellationToken.None);
        Assert.Equal((Noon, Noon.AddHours(1)), (Assert.Single(rows).LastSlot, rows[0].NextSlot));
        Assert.Equal(Noon, Assert.Single(open).Slot);
        Assert.False(await stores[0].DecideAsync(decision with { Expected = Noon.AddHours(2) }, CancellationToken.None));
    }

    [ContractFact]
    public async Task A_run_is_written_only_under_the_lease_of_its_work()
    {
        var (one, other) = await TwoAsync();
        IRecurringStore store = new StoredRecurring(one.Database);
        await store.TrackAsync("w", "s", Noon, CancellationToken.None);
        var number = await store.AskAsync("w", Noon, new Dictionary<string, string> { ["a"] = "b" }, CancellationToken.None);
        Assert.Equal(number + 1, await store.AskAsync("w", Noon, new Dictionary<string, string>(), CancellationToken.None));
        var run = (await store.FindAsync(number, CancellationToken.None))!;
        var lost = (await one.Leases.TakeAsync("recurring:w", one.Owner.Id, TimeSpan.FromMinutes(1), CancellationToken.None))!;
        var begun = (await store.BeginAsync(run, lost, "here", Noon, CancellationToken.None))!;
        await store.SaveStateAsync(begun, lost, [1], CancellationToken.None);
        await one.Leases.GiveBackAsync(lost, CancellationToken.None);
        var held = (await other.Leases.TakeAsync("recurring:w", other.Owner.Id, TimeSpan.FromMinutes(1), CancellationToken.None))!;

        await Assert.ThrowsAsync<LeaseGoneException>(() => store.SaveStateAsync(begun, lost, [2], CancellationToken.None));
        await Assert.ThrowsAsync<LeaseGoneException>(() => store.ReturnAsync(begun, lost, CancellationToken.None));
        await Assert.ThrowsAsync<LeaseGoneException>(() => store.EndAsync(begun with { State = RecurringRunState.Succeeded }, lost, Noon, CancellationToken.None));
        Assert.Equal([1], await store.LoadStateAsync("w", CancellationToken.None));
        var again = (await store.BeginAsync(begun, held, "there", Noon, CancellationToken.None))!;
        await store.EndAsync(again with { State = RecurringRunState.Succeeded, Message = "done", Details = new() { ["n"] = 1 } }, held, Noon, CancellationToken.None);

        var ended = (await store.FindAsync(number, CancellationToken.None))!;
        Assert.Equal((RecurringRunState.Succeeded, 2, "there", "done", "b"), (ended.State, ended.Attempt, ended.Node, ended.Message, ended.Arguments["a"]));
        Assert.Null(await store.BeginAsync(ended, held, "there", Noon, CancellationToken.None));
    }

    [ContractFact]
    public async Task The_last_hundred_runs_of_each_work_are_kept()
    {
        var node = await _harness.NodeAsync();
        IRecurringStore store = new StoredRecurring(node.Database);
        await store.TrackAsync("w", "s", Noon, CancellationToken.None);
        for (var i = 0; i < StoredRecurring.Kept + 5; i++)
        {
            Assert.True(await store.DecideAsync(Decision(Noon.AddHours(i)) with { Late = true, Misfire = RecurringMisfire.Skip }, CancellationToken.None));
        }

        var kept = await store.LatestAsync("w", 1000, CancellationToken.None);

        Assert.Equal(StoredRecurring.Kept, kept.Count);
        Assert.Equal(Noon.AddHours(StoredRecurring.Kept + 4), kept[0].Slot);
    }

    [ContractFact]
    [Trait("Row", "J-29")]
    public async Task A_run_goes_on_alone_when_a_third_agent_dies_and_is_taken_over_once_when_its_own_does()
    {
        var nodes = new List<RecurringNode>();
        var begun = new Arrivals<(string Owner, DateTimeOffset Slot, int Attempt)>("runs");
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var time = new ShiftedTime(Noon.AddMinutes(-1));
        var takeover = TimeSpan.FromSeconds(5);
        for (var i = 0; i < 3; i++)
        {
            var store = await _harness.NodeAsync();
            RecurringNode? self = null;
            self = await RecurringNode.StartAsync(store.Database, time, takeover, new RecurringBinding
            {
                Id = "w", Plugin = "test", Source = "test", Schedule = RecurringSchedule.Parse("0 * * * *", "UTC"),
                Create = _ => new Waiting(async context =>
                {
                    begun.Add((self!.Owner, context.Slot, context.Attempt));
                    await gate.Task;
                    return new RecurringResult(self.Owner);
                }),
            });
            nodes.Add(self);
        }

        await Signal.UntilAsync(async () => (await nodes[0].Get<IRecurringDesk>().ListAsync(CancellationToken.None))[0].NextSlot == Noon, "the work to be known");
        time.Set(Noon);
        var first = (await begun.WaitForAsync(1))[0];
        var runner = nodes.Single(n => n.Owner == first.Owner);
        var (third, last) = (nodes.First(n => n != runner), nodes.Last(n => n != runner));
        await third.DieAsync();
        time.Set(Noon.AddHours(1));
        await Signal.UntilAsync(
            async () => (await last.Get<IRecurringDesk>().RunsAsync("w", 10, CancellationToken.None)).Any(r => r.State == RecurringRunState.Skipped), "the second slot to be let go");
        Assert.Single(begun.Items);

        await runner.DieAsync();
        var second = (await begun.WaitForAsync(2))[1];
        Assert.Equal((last.Owner, Noon, 2), second);
        gate.SetResult();
        await Signal.UntilAsync(
            async () => (await last.Get<IRecurringDesk>().ListAsync(CancellationToken.None))[0].Open is null, "the run to end");

        var runs = await last.Get<IRecurringDesk>().RunsAsync("w", 10, CancellationToken.None);
        Assert.Equal([(Noon.AddHours(1), RecurringRunState.Skipped), (Noon, RecurringRunState.Succeeded)], runs.Select(r => (r.Slot, r.State)));
        Assert.Equal(last.Owner, runs[1].Message);
        Assert.Equal(2, begun.Items.Count);
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    private static SlotDecision Decision(DateTimeOffset slot) =>
        new("w", slot, slot, slot.AddHours(1), 0, Late: false, RecurringOverlap.Skip, RecurringMisfire.RunOnce, IgnoresPause: false, slot);

    private sealed class Waiting(Func<RecurringContext, Task<RecurringResult>> run) : IRecurringHandler
    {
        public Task<RecurringResult> RunAsync(RecurringContext context, CancellationToken cancellationToken) => run(context);
    }
}
