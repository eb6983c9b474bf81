using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Jobs.Recurring;

namespace Core.Tests.Jobs.Recurring;

/// <summary>The process dies at each point of a slot's way; the next one ends the slot, once.</summary>
public sealed class RecurringCrashTests : RecurringTestBase
{
    [Theory]
    [Trait("Row", "J-29")]
    [InlineData("recurring.slot", null, 0, 1)]
    [InlineData(null, "recurring.slot", 0, 1)]
    [InlineData("recurring.begin", null, 0, 1)]
    [InlineData(null, "recurring.begin", 0, 2)]
    [InlineData("recurring.end", null, 1, 2)]
    [InlineData(null, "recurring.end", 1, 1)]
    public async Task A_slot_whose_process_dies_is_taken_up_once_by_the_next(string? before, string? after, int runsBefore, int attempts)
    {
        await using (var process = await StartAsync(crashBefore: before, crashAfter: after))
        {
            await TrackedAsync(process);
            SetClock(process, Noon);
            await process.Crashed.WaitAsync();
            await process.KillAsync();
        }

        Assert.Equal(runsBefore, Runs.Items.Count);
        await using var again = await StartAsync();
        var status = await TrackedAsync(again, s => s.Last is not null);

        Assert.Equal((Noon, RecurringRunState.Succeeded, attempts), (status.Last!.Slot, status.Last.State, status.Last.Attempt));
        Assert.Equal(after == "recurring.end" ? 1 : runsBefore + 1, Runs.Items.Count);
        Assert.Single(await HistoryAsync(again));
    }

    [Fact]
    public async Task Work_under_which_the_process_dies_again_and_again_is_given_up()
    {
        for (var death = 0; death < RecurringAttempt.MaxDeaths; death++)
        {
            await using var process = await StartAsync(crashBefore: "recurring.end");
            await TrackedIfFirstAsync(process, death);
            SetClock(process, Noon);
            await process.Crashed.WaitAsync();
            await process.KillAsync();
        }

        await using var again = await StartAsync();
        var status = await TrackedAsync(again, s => s.Last is not null);

        Assert.Equal(RecurringRunState.Failed, status.Last!.State);
        Assert.Contains("The process died 3 times", status.Last.Message, StringComparison.Ordinal);
        Assert.Equal(RecurringAttempt.MaxDeaths, Runs.Items.Count);
    }

    [Fact]
    public async Task State_that_was_saved_is_there_for_the_run_that_takes_over()
    {
        Work = async (context, token) =>
        {
            var state = await context.LoadStateAsync<Dictionary<string, int>>(token) ?? [];
            state["begun"] = state.GetValueOrDefault("begun") + 1;
            await context.SaveStateAsync(state, token);
            return new RecurringResult($"{state["begun"]}");
        };
        await using (var process = await StartAsync(crashBefore: "recurring.end"))
        {
            await TrackedAsync(process);
            SetClock(process, Noon);
            await process.Crashed.WaitAsync();
            await process.KillAsync();
        }

        await using var again = await StartAsync();
        Assert.Equal("2", (await TrackedAsync(again, s => s.Last is not null)).Last!.Message);
    }

    [Fact]
    public async Task A_stop_lets_the_run_end_and_one_that_goes_on_after_the_grace_time_waits_for_the_next_start()
    {
        Work = async (context, token) =>
        {
            if (context.Attempt == 1)
            {
                await Task.Delay(Timeout.Infinite, token);
            }

            return new RecurringResult("done");
        };
        await using (var process = await StartAsync(configure: o => o.ShutdownGrace = TimeSpan.FromMilliseconds(50)))
        {
            await TrackedAsync(process);
            SetClock(process, Noon);
            await Runs.WaitForAsync(1);
            await process.StopAsync();
        }

        await using var again = await StartAsync();
        var status = await TrackedAsync(again, s => s.Last is not null);

        Assert.Equal((RecurringRunState.Succeeded, 2, 1), (status.Last!.State, status.Last.Attempt, status.Last.Fatal));
    }

    private static async Task TrackedIfFirstAsync(AgentProcess process, int death)
    {
        if (death == 0)
        {
            await TrackedAsync(process);
        }
    }
}
