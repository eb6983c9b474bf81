using Core.Tests.Support;
using Flatfile.Agent.Core.Store;

namespace Core.Tests.Dispatch.Replaying;

/// <summary>The process dies at each write of a replay; what was asked for is done by the next one, and only that.</summary>
[Trait("Row", "E-14")]
public sealed class ReplayCrashTests : ReplayTestBase
{
    [Fact]
    public async Task Dying_before_it_is_asked_for_leaves_the_letter_as_it_was()
    {
        var id = await CrashAsync("dead.ask", null);

        await using var again = await AgentProcess.StartAsync(World);
        World.PublishEvent("us_evt_2");
        await Runs.WaitForAsync(1);

        Assert.Equal(["bad us_evt_2"], Runs.Items);
        Assert.Equal(DeadLetterState.Open, (await again.Get<IDeadLetters>().GetAsync(id, CancellationToken.None))!.State);
    }

    [Theory]
    [InlineData(null, "dead.ask", 1)] // asked for, not begun
    [InlineData("inbox.claim", null, 1)] // begun, nothing known
    [InlineData(null, "inbox.claim", 1)] // known, not run
    [InlineData("inbox.done", null, 2)] // effect made, not remembered: it is made again
    [InlineData(null, "inbox.done", 1)] // remembered, the letter not marked: nothing runs
    [InlineData("dead.replayed", null, 1)] // the same
    [InlineData(null, "dead.replayed", 1)] // marked
    public async Task What_is_asked_for_is_done_by_the_next_process(string? before, string? after, int runs)
    {
        var id = await CrashAsync(before, after);

        await using var again = await AgentProcess.StartAsync(World);
        await StandsAsync(again, id, DeadLetterState.Replayed);
        World.PublishEvent("us_evt_2");
        await Runs.WaitForAsync(runs + 1);
        await again.StopAsync();

        Assert.Equal(runs, Runs.Items.Count(r => r == "bad us_evt_1"));
    }

    [Theory]
    [InlineData("dead.add", null)] // failed again, not told
    [InlineData(null, "dead.add")] // the new letter is there, the old one not marked
    public async Task A_replay_that_fails_again_leaves_one_new_letter(string? before, string? after)
    {
        var id = await CrashAsync(before, after, mended: false);

        await using var again = await AgentProcess.StartAsync(World);
        await StandsAsync(again, id, DeadLetterState.Replayed);
        var letter = Assert.Single(await LettersAsync(again, 1));

        Assert.Equal(id, letter.ReplayOf);
    }

    [Fact]
    public async Task A_handler_that_is_gone_at_the_next_start_leaves_the_letter_open_with_a_note()
    {
        var id = await CrashAsync(null, "dead.ask");
        World.Unbind();

        await using (var without = await AgentProcess.StartAsync(World))
        {
            var letter = await StandsAsync(without, id, DeadLetterState.Open);
            Assert.Contains("'bad' is not loaded", letter.Note, StringComparison.Ordinal);
        }

        OnEventThatMayBreak();
        await using var with = await AgentProcess.StartAsync(World);
        World.PublishEvent("us_evt_1");
        World.PublishEvent("us_evt_2");
        Assert.Equal(["bad us_evt_2"], await Runs.WaitForAsync(1));
        await AskAsync(with, id);
        var replayed = await StandsAsync(with, id, DeadLetterState.Replayed);

        Assert.Equal(["bad us_evt_2", "bad us_evt_1"], Runs.Items);
        Assert.Null(replayed.Note);
    }

    [Fact]
    public async Task A_handler_that_is_gone_after_it_did_its_work_is_not_waited_for()
    {
        var id = await CrashAsync(null, "inbox.done");
        World.Unbind();

        await using var without = await AgentProcess.StartAsync(World);

        await StandsAsync(without, id, DeadLetterState.Replayed);
    }

    /// <summary>A letter is made, then its replay is asked for in a process that dies at the write named.</summary>
    private async Task<long> CrashAsync(string? before, string? after, bool mended = true)
    {
        OnEventThatMayBreak();
        long id;
        await using (var first = await AgentProcess.StartAsync(World))
        {
            World.PublishEvent("us_evt_1");
            id = (await LettersAsync(first, 1))[0].Id;
        }

        IsBroken = !mended;
        await using var process = await AgentProcess.StartAsync(World, before, after);
        try
        {
            await AskAsync(process, id);
        }
        catch (InvalidOperationException) when (process.Crashed.IsSet)
        {
            // Whoever asked hears nothing from a process that died.
        }

        await process.Crashed.WaitAsync();
        await process.KillAsync();
        return id;
    }
}
