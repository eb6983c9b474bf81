using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Jobs.Recurring;

namespace Core.Tests.Jobs.Recurring;

/// <summary>Which slots are run when the clock goes on, jumps, or nobody looks.</summary>
public sealed class RecurringSlotTests : RecurringTestBase
{
    [Fact]
    public async Task Each_slot_is_run_once_as_it_comes()
    {
        await using var process = await StartAsync();
        await TrackedAsync(process);
        for (var hour = 0; hour < 3; hour++)
        {
            SetClock(process, Noon.AddHours(hour));
            await Runs.WaitForAsync(hour + 1);
            await TrackedAsync(process, s => s.LastSlot == Noon.AddHours(hour));
        }

        Assert.Equal([Noon, Noon.AddHours(1), Noon.AddHours(2)], Runs.Items.Select(r => r.Slot));
    }

    [Fact]
    [Trait("Row", "J-28")]
    public async Task Of_the_slots_that_pass_while_no_agent_runs_the_latest_is_run_once()
    {
        // Before the agent's first look: from which moment it tracks the slots must not be left to chance.
        Time.Set(Noon);
        await using (var process = await StartAsync())
        {
            await TrackedAsync(process);
        }

        Time.Set(Noon.AddHours(3).AddMinutes(10));
        await using var again = await StartAsync();
        await Runs.WaitForAsync(1);
        var status = await TrackedAsync(again, s => s.Last is not null);
        SetClock(again, Noon.AddHours(4));
        await Runs.WaitForAsync(2);

        Assert.Equal([Noon.AddHours(3), Noon.AddHours(4)], Runs.Items.Select(r => r.Slot));
        Assert.Equal(2, status.Last!.Missed);
        Assert.Equal(Noon.AddHours(4), status.NextSlot);
    }

    [Fact]
    [Trait("Row", "J-28")]
    public async Task Work_that_wants_no_missed_slot_waits_for_the_next_one()
    {
        var binding = Binding(misfire: RecurringMisfire.Skip);
        Time.Set(Noon);
        await using (var process = await StartAsync(binding))
        {
            await TrackedAsync(process);
        }

        Time.Set(Noon.AddHours(3).AddMinutes(10));
        await using var again = await StartAsync(binding);
        await TrackedAsync(again, s => s.LastSlot == Noon.AddHours(3));
        SetClock(again, Noon.AddHours(4));
        await Runs.WaitForAsync(1);
        await TrackedAsync(again, s => s.LastSlot == Noon.AddHours(4));

        Assert.Equal([Noon.AddHours(4)], Runs.Items.Select(r => r.Slot));
        var history = await HistoryAsync(again);
        Assert.Equal([RecurringRunState.Skipped, RecurringRunState.Succeeded], history.Select(r => r.State));
        Assert.Equal("It passed while no agent ran.", history[0].Message);
    }

    [Fact]
    [Trait("Row", "J-30")]
    public async Task When_the_clock_is_set_back_two_hours_no_slot_comes_again_and_the_next_one_runs()
    {
        await using var process = await StartAsync();
        await TrackedAsync(process);
        SetClock(process, Noon);
        await Runs.WaitForAsync(1);
        await TrackedAsync(process);
        SetClock(process, Noon.AddHours(1));
        await Runs.WaitForAsync(2);
        await TrackedAsync(process);
        SetClock(process, Noon.AddHours(-1));
        await PassAsync(process);
        SetClock(process, Noon);
        await PassAsync(process);
        SetClock(process, Noon.AddHours(1));
        await PassAsync(process);
        SetClock(process, Noon.AddHours(2));
        await Runs.WaitForAsync(3);

        Assert.Equal([Noon, Noon.AddHours(1), Noon.AddHours(2)], Runs.Items.Select(r => r.Slot));
    }

    [Fact]
    [Trait("Row", "J-30")]
    public async Task When_the_clock_jumps_a_day_ahead_one_slot_runs_and_then_the_next()
    {
        await using var process = await StartAsync();
        await TrackedAsync(process);
        SetClock(process, Noon);
        await Runs.WaitForAsync(1);
        await TrackedAsync(process);
        SetClock(process, Noon.AddDays(1).AddMinutes(1));
        await Runs.WaitForAsync(2);
        await TrackedAsync(process);
        SetClock(process, Noon.AddDays(1).AddHours(1));
        await Runs.WaitForAsync(3);

        Assert.Equal([Noon, Noon.AddDays(1), Noon.AddDays(1).AddHours(1)], Runs.Items.Select(r => r.Slot));
    }

    [Fact]
    public async Task Resumed_after_a_jump_back_it_goes_on_from_now_and_still_runs_no_slot_twice()
    {
        await using var process = await StartAsync();
        await TrackedAsync(process);
        SetClock(process, Noon.AddDays(1));
        await Runs.WaitForAsync(1);
        await TrackedAsync(process);
        Time.Set(Noon.AddDays(1).AddMinutes(-1));
        var desk = process.Get<IRecurringDesk>();
        await desk.PauseAsync(Id, CancellationToken.None);
        await desk.ResumeAsync(Id, CancellationToken.None);
        SetClock(process, Noon.AddDays(1));
        await TrackedAsync(process, s => s.NextSlot == Noon.AddDays(1).AddHours(1));
        SetClock(process, Noon.AddDays(1).AddHours(1));
        await Runs.WaitForAsync(2);

        Assert.Equal([Noon.AddDays(1), Noon.AddDays(1).AddHours(1)], Runs.Items.Select(r => r.Slot));
    }

    [Fact]
    public async Task A_slot_that_several_clocks_fire_is_run_once()
    {
        await using var process = await StartAsync();
        await TrackedAsync(process);
        var runner = process.Get<IRecurringRunner>();
        await runner.FireAsync(Id, FireCause.Due, CancellationToken.None);
        Time.Set(Noon);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => runner.FireAsync(Id, FireCause.Due, CancellationToken.None)));
        await Runs.WaitForAsync(1);
        await runner.FireAsync(Id, FireCause.Due, CancellationToken.None);
        await PassAsync(process);

        Assert.Equal([Noon], Runs.Items.Select(r => r.Slot));
        var fault = await Assert.ThrowsAsync<KeyNotFoundException>(() => runner.FireAsync("x", FireCause.Due, CancellationToken.None));
        Assert.Contains("Known: w", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>A run that is asked for goes through the same clock behind everything that is due.</summary>
    private async Task PassAsync(AgentProcess process)
    {
        var before = (await HistoryAsync(process)).Count(r => r.Cause == FireCause.Due);
        var (rows, _) = await process.Get<IRecurringStore>().ReadAsync(CancellationToken.None);
        await process.Get<RecurringSlots>().DecideAsync(process.Get<RecurringCatalog>().Find(Id)!, rows[0], CancellationToken.None);
        await TrackedAsync(process);
        Assert.Equal(before, (await HistoryAsync(process)).Count(r => r.Cause == FireCause.Due));
    }
}
