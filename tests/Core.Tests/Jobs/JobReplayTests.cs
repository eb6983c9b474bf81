using System.Text;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Dispatch.Replaying;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;

namespace Core.Tests.Jobs;

/// <summary>Dead letters of jobs: an end that could not be told is told again, a changed event runs the handler anew.</summary>
public sealed class JobReplayTests : JobTestBase
{
    private bool _isAway = true;

    [Fact]
    public async Task An_end_that_could_not_be_told_is_told_and_the_handler_does_not_run_again()
    {
        var job = await DieAsync();
        await using var process = await AgentProcess.StartAsync(World);
        var letter = await LetterAsync(process);
        _isAway = false;

        var report = await AskAsync(process, letter.Id);
        await World.Flatfile.Ended.WaitForAsync(1);
        var ticket = (await TicketsAsync(process))[0];

        Assert.Equal(ReplayWay.UntoldEnd, Assert.Single(report.Letters).Way);
        Assert.Equal(TicketState.Completed, ticket.State);
        Assert.Equal("complete", job.Status);
        Assert.Equal([1], Runs.Items);
        Assert.Equal("us_sp_1", letter.SpaceId);
        Assert.Equal("job:ready", letter.Topic);
    }

    [Fact]
    public async Task A_changed_event_runs_the_handler_anew()
    {
        var job = await DieAsync();
        await using var process = await AgentProcess.StartAsync(World);
        var letter = await LetterAsync(process);
        _isAway = false;
        var edited = Encoding.UTF8.GetString(letter.Body.Span).Replace("file:extract", "file:changed", StringComparison.Ordinal);

        await AskAsync(process, letter.Id, edited);
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal("complete", job.Status);
        Assert.Equal([1, 3], Runs.Items);
        Assert.Equal("file:changed", job.Outcome!["message"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("dead.requeue", null)]
    [InlineData(null, "dead.requeue")]
    public async Task Dying_around_the_write_loses_nothing_and_doubles_nothing(string? before, string? after)
    {
        var job = await DieAsync();
        await using (var process = await AgentProcess.StartAsync(World, before, after))
        {
            await AskAsync(process, (await LetterAsync(process)).Id);
            await process.Crashed.WaitAsync();
            await process.KillAsync();
        }

        _isAway = false;
        await using var again = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(1);
        await TicketsAsync(again);

        Assert.Equal(1, job.Ends);
        Assert.Equal([1], Runs.Items);
        Assert.Empty(await again.Get<IDeadLetters>().ListAsync(10, CancellationToken.None));
    }

    [Fact]
    public async Task It_joins_its_lane_at_the_end()
    {
        await DieAsync();
        _isAway = false;
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        World.Unbind();
        OnJob(async (_, _) =>
        {
            await held.Task;
            return new JobResult("second");
        });
        await using var process = await AgentProcess.StartAsync(World);
        World.PublishJob("us_jb_2");
        await Runs.WaitForAsync(2);

        await AskAsync(process, (await LetterAsync(process)).Id);
        await Contracts.Support.Signal.UntilAsync(
            async () => (await process.Get<IDeadLetters>().ListAsync(10, CancellationToken.None)).Count == 0, "the letter to be replayed");
        var beside = (await RowsAsync(process.Get<AgentDatabase>())).Select(r => r.State).ToList();
        held.SetResult();

        Assert.Equal([TicketState.Running, TicketState.Waiting], beside);
        Assert.Equal(["us_jb_2", "us_jb_1"], await World.Flatfile.Ended.WaitForAsync(2));
    }

    [Fact]
    public async Task Its_ticket_is_kept_as_long_as_it_waits()
    {
        await DieAsync();
        await using var process = await AgentProcess.StartAsync(World);
        var letter = await LetterAsync(process);
        var ahead = TimeSpan.FromDays(-30);

        var whileItWaits = await process.Get<ITicketStore>().PruneAsync(ahead, CancellationToken.None);
        await process.Get<IDeadLetters>().DropAsync([letter.Id], CancellationToken.None);
        var afterwards = await process.Get<ITicketStore>().PruneAsync(ahead, CancellationToken.None);

        Assert.Equal((0, 1), (whileItWaits, afterwards));
    }

    [Fact]
    public async Task One_without_a_job_is_replayed_once_the_event_names_it()
    {
        OnJob();
        World.Publish("us_evt_1", "job:ready", "us_sp_1", string.Empty, "{}");
        await using var process = await AgentProcess.StartAsync(World);
        var letter = await LetterAsync(process);
        World.Flatfile.AddJob("us_jb_9", "us_sp_1");
        var edited = Encoding.UTF8.GetString(letter.Body.Span).Replace("\"spaceId\"", "\"jobId\":\"us_jb_9\",\"spaceId\"", StringComparison.Ordinal);

        await AskAsync(process, letter.Id, edited);

        Assert.Equal(["us_jb_9"], await World.Flatfile.Ended.WaitForAsync(1));
        Assert.Equal([1], Runs.Items);
    }

    /// <summary>A job whose handler ended and whose end Flatfile never took: its ticket is dead.</summary>
    private async Task<FakeJob> DieAsync()
    {
        World.Flatfile.Refuse = call => _isAway && (call.EndsWith("/complete", StringComparison.Ordinal) || call.EndsWith("/fail", StringComparison.Ordinal)) ? 400 : null;
        OnJob((context, _) => Task.FromResult(new JobResult(context.Event.PayloadText("job") ?? "done")));
        var job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World, configure: o => o.Jobs.OutcomeDeadline = TimeSpan.FromMilliseconds(1));
        await LetterAsync(process);
        return job;
    }

    private static async Task<DeadLetter> LetterAsync(AgentProcess process)
    {
        IReadOnlyList<DeadLetter> letters = [];
        await Contracts.Support.Signal.UntilAsync(
            async () => (letters = await process.Get<IDeadLetters>().ListAsync(1, CancellationToken.None)).Count == 1, "the dead letter");
        return letters[0];
    }

    private static Task<ReplayReport> AskAsync(AgentProcess process, long id, string? edited = null) => process.Get<DeadLetterReplay>().RequestAsync(
        new ReplayRequest(new DeadLetterFilter { Ids = [id] }) { Edited = edited is null ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(edited) }, CancellationToken.None);
}
