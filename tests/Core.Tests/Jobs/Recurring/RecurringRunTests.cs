using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Jobs.Recurring;

namespace Core.Tests.Jobs.Recurring;

/// <summary>One run after the other, whatever comes in between; and what the operator sees of them.</summary>
public sealed class RecurringRunTests : RecurringTestBase
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    [Trait("Row", "J-29")]
    public async Task A_slot_that_comes_while_a_run_goes_on_is_let_go()
    {
        Work = WaitAsync;
        await using var process = await StartAsync();
        await TrackedAsync(process);
        SetClock(process, Noon);
        await Runs.WaitForAsync(1);
        SetClock(process, Noon.AddHours(1));
        await UntilAsync(process, s => s.LastSlot == Noon.AddHours(1));
        _gate.SetResult();
        await TrackedAsync(process);
        var history = await HistoryAsync(process);

        Assert.Equal([RecurringRunState.Succeeded, RecurringRunState.Skipped], history.Select(r => r.State));
        Assert.Equal("The run before still goes on.", history[1].Message);
    }

    [Fact]
    [Trait("Row", "J-29")]
    public async Task A_queued_slot_runs_after_the_run_and_a_later_one_takes_its_place()
    {
        Work = WaitAsync;
        await using var process = await StartAsync(Binding(overlap: RecurringOverlap.Queue));
        await TrackedAsync(process);
        SetClock(process, Noon);
        await Runs.WaitForAsync(1);
        foreach (var hour in new[] { 1, 2 })
        {
            SetClock(process, Noon.AddHours(hour));
            await UntilAsync(process, s => s.LastSlot == Noon.AddHours(hour));
        }

        Assert.Single(Runs.Items);
        _gate.SetResult();
        await TrackedAsync(process, s => s.Last?.Slot == Noon.AddHours(2));

        Assert.Equal([Noon, Noon.AddHours(2)], Runs.Items.Select(r => r.Slot));
        Assert.Equal(
            [RecurringRunState.Succeeded, RecurringRunState.Skipped, RecurringRunState.Succeeded], (await HistoryAsync(process)).Select(r => r.State));
    }

    [Fact]
    [Trait("Row", "J-29")]
    public async Task A_replacing_slot_ends_the_run_and_begins_only_when_it_has_ended()
    {
        var told = new Signal("the first run to be told to end");
        Work = async (context, token) =>
        {
            if (context.Slot == Noon)
            {
                await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                told.Set();
                await _gate.Task;
                token.ThrowIfCancellationRequested();
            }

            return new RecurringResult("done");
        };
        await using var process = await StartAsync(Binding(overlap: RecurringOverlap.Replace));
        await TrackedAsync(process);
        SetClock(process, Noon);
        await Runs.WaitForAsync(1);
        SetClock(process, Noon.AddHours(1));
        await told.WaitAsync();
        Assert.Single(Runs.Items);
        _gate.SetResult();
        await TrackedAsync(process, s => s.Last?.Slot == Noon.AddHours(1));

        Assert.Equal([RecurringRunState.Replaced, RecurringRunState.Succeeded], (await HistoryAsync(process)).Select(r => r.State));
    }

    [Fact]
    public async Task What_a_run_says_or_throws_is_seen_and_the_next_slot_runs_all_the_same()
    {
        Work = (context, _) => context.Slot == Noon
            ? throw new InvalidOperationException("no luck")
            : Task.FromResult(new RecurringResult("3 things") { Details = new() { ["things"] = 3 } });
        await using var process = await StartAsync();
        await TrackedAsync(process);
        SetClock(process, Noon);
        await TrackedAsync(process, s => s.Last is not null);
        SetClock(process, Noon.AddHours(1));
        await TrackedAsync(process, s => s.Last?.Slot == Noon.AddHours(1));
        var history = await HistoryAsync(process);

        Assert.Equal([(RecurringRunState.Failed, "no luck"), (RecurringRunState.Succeeded, "3 things")], history.Select(r => (r.State, r.Message!)));
        Assert.Equal(3, (int)history[1].Details!["things"]!);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_is_ended()
    {
        Work = async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return new RecurringResult("never");
        };
        await using var process = await StartAsync(Binding(timeout: TimeSpan.FromMilliseconds(50)));
        await TrackedAsync(process);
        SetClock(process, Noon);
        var status = await TrackedAsync(process, s => s.Last is not null);

        Assert.Equal(RecurringRunState.Failed, status.Last!.State);
        Assert.Contains("Agent:Recurring:w:Timeout", status.Last.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paused_work_runs_only_when_a_person_asks_and_goes_on_from_now_when_it_is_resumed()
    {
        string? said = null;
        Work = (context, _) =>
        {
            said = context.IsAsked ? context.Arguments["mode"] : null;
            return Task.FromResult(new RecurringResult("done"));
        };
        await using var process = await StartAsync();
        await TrackedAsync(process);
        var desk = process.Get<IRecurringDesk>();
        await desk.PauseAsync(Id, CancellationToken.None);
        SetClock(process, Noon.AddHours(2).AddMinutes(1));
        var number = await desk.RunNowAsync(Id, new Dictionary<string, string> { ["mode"] = "try" }, CancellationToken.None);
        await Runs.WaitForAsync(1);
        await TrackedAsync(process, s => s.Entry.Paused && s.Last?.Number == number);
        Assert.Equal("try", said);

        await desk.ResumeAsync(Id, CancellationToken.None);
        var status = await TrackedAsync(process);
        Assert.Equal(Noon.AddHours(3), status.NextSlot);
        SetClock(process, Noon.AddHours(3));
        await Runs.WaitForAsync(2);

        Assert.Equal(Noon.AddHours(3), Runs.Items[1].Slot);
        Assert.Equal(RecurringRunState.Succeeded, (await desk.FindAsync(number, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task Settings_win_over_the_work_and_over_an_operator()
    {
        await using var process = await StartAsync(configure: o => o.Recurring[Id] = new RecurringOptions { Cron = "30 14 * * *", TimeZone = "Europe/Berlin", Paused = false });
        var status = await TrackedAsync(process);

        Assert.Equal(new RecurringEntry(Id, "30 14 * * *", "Europe/Berlin", false), status.Entry);
        Assert.Equal(Noon.AddMinutes(30), status.NextSlot);
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => process.Get<IRecurringDesk>().PauseAsync(Id, CancellationToken.None));
        Assert.Contains("Agent:Recurring:w:Paused", fault.Message, StringComparison.Ordinal);
    }

    private async Task<RecurringResult> WaitAsync(RecurringContext context, CancellationToken cancellationToken)
    {
        await _gate.Task.WaitAsync(cancellationToken);
        return new RecurringResult("done");
    }
}
