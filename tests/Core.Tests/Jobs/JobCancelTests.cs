using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Jobs;

namespace Core.Tests.Jobs;

/// <summary>A job that is cancelled or deleted at Flatfile while it runs, ends, resumes, or waits.</summary>
public sealed class JobCancelTests : JobTestBase
{
    [Fact]
    public async Task A_cancel_event_reaches_the_handler_although_its_lane_is_busy()
    {
        var cancelled = new Signal("the handler to be cancelled");
        OnJob((_, token) => UntilCancelledAsync(cancelled, token));
        World.OnEvent("slow", (_, token) => Task.Delay(Timeout.Infinite, token));
        var job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World, configure: o =>
        {
            o.Jobs.CancelCheck = TimeSpan.FromMinutes(10);
            o.ShutdownGrace = TimeSpan.Zero;
        });
        await Runs.WaitForAsync(1);
        World.PublishEvent("us_evt_slow");
        job.Status = "canceled";
        World.Publish("us_evt_cancel", "job:updated", "us_sp_1", ""","jobId":"us_jb_1" """, """{"status":"canceled"}""");
        await cancelled.WaitAsync();
        var ticket = (await TicketsAsync(process))[0];

        Assert.Equal(TicketState.Canceled, ticket.State);
        Assert.Equal("canceled", job.Status);
        Assert.Equal(0, job.Ends);
        Assert.Equal([1], Runs.Items);
    }

    [Fact]
    [Trait("Row", "E-13")]
    public async Task A_deleted_job_is_ended_by_its_event()
    {
        var cancelled = new Signal("the handler to be cancelled");
        OnJob((_, token) => UntilCancelledAsync(cancelled, token));
        World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World, configure: o => o.Jobs.CancelCheck = TimeSpan.FromMinutes(10));
        await Runs.WaitForAsync(1);
        World.Flatfile.DeleteJob("us_jb_1");
        World.Publish("us_evt_gone", "job:deleted", "us_sp_1", ""","jobId":"us_jb_1" """, "{}");

        await cancelled.WaitAsync();
        await TicketsAsync(process);
    }

    [Fact]
    [Trait("Row", "J-22")]
    public async Task A_cancel_without_an_event_reaches_the_handler_within_two_seconds()
    {
        var cancelled = new Signal("the handler to be cancelled");
        OnJob((_, token) => UntilCancelledAsync(cancelled, token));
        var job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World);
        await Runs.WaitForAsync(1);
        await using var lateness = new Lateness();
        var begun = TimeProvider.System.GetTimestamp();
        job.Status = "canceled";
        await cancelled.WaitAsync();

        var took = TimeProvider.System.GetElapsedTime(begun) - lateness.Longest;
        Assert.True(took < TimeSpan.FromSeconds(2), $"It took {took}.");
    }

    [Fact]
    public async Task The_answer_to_a_progress_report_can_cancel_the_job()
    {
        var cancelled = new Signal("the handler to be cancelled");
        FakeJob? job = null;
        OnJob((context, token) =>
        {
            job!.Status = "canceled";
            context.Report(10);
            return UntilCancelledAsync(cancelled, token);
        });
        job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World, configure: o => o.Jobs.CancelCheck = TimeSpan.FromMinutes(10));

        await cancelled.WaitAsync();
        Assert.Equal(TicketState.Canceled, (await TicketsAsync(process))[0].State);
    }

    [Fact]
    [Trait("Row", "J-22")]
    public async Task A_handler_that_returns_although_it_was_cancelled_does_not_complete_the_job()
    {
        FakeJob? job = null;
        OnJob(async (_, token) =>
        {
            job!.Status = "canceled";
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return new JobResult("done all the same");
        });
        job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World);
        await TicketsAsync(process);

        Assert.Equal(0, job.Ends);
        Assert.Equal("canceled", job.Status);
    }

    [Fact]
    [Trait("Row", "J-22")]
    public async Task A_cancel_that_arrives_with_the_completion_leaves_one_end_and_ends_the_ticket()
    {
        OnJob();
        var job = World.PublishJob();
        World.Flatfile.Refuse = call =>
        {
            if (call.EndsWith("/complete", StringComparison.Ordinal))
            {
                job.Status = "canceled";
            }

            return null;
        };
        await using var process = await AgentProcess.StartAsync(World);

        var ticket = Assert.Single(await TicketsAsync(process));

        Assert.Equal(TicketState.Canceled, ticket.State);
        Assert.Equal(("canceled", null), (job.Status, job.Outcome));
        Assert.Equal([1], Runs.Items);
    }

    [Fact]
    [Trait("Row", "J-22")]
    public async Task A_cancel_while_no_agent_runs_is_seen_before_the_job_goes_on()
    {
        OnJob((_, token) => UntilCancelledAsync(new Signal("the stop"), token));
        var job = World.PublishJob();
        var process = await AgentProcess.StartAsync(World, configure: o => o.ShutdownGrace = TimeSpan.Zero);
        await Runs.WaitForAsync(1);
        await process.StopAsync();
        job.Status = "canceled";

        await using var again = await AgentProcess.StartAsync(World);
        var ticket = Assert.Single(await TicketsAsync(again));

        Assert.Equal(TicketState.Canceled, ticket.State);
        Assert.Equal(0, job.Ends);
        Assert.Equal([1], Runs.Items);
    }

    [Fact]
    [Trait("Row", "J-22")]
    public async Task A_cancel_in_the_middle_of_the_resumption_ends_the_job_as_canceled()
    {
        var cancelled = new Signal("the resumed run to be cancelled");
        FakeJob? job = null;
        OnJob(async (context, token) =>
        {
            if (context.Attempt == 1)
            {
                await context.CheckpointAsync("half", token);
                await Task.Delay(Timeout.Infinite, token);
            }

            job!.Status = "canceled";
            await context.ResumeAsync<string>(token);
            return await UntilCancelledAsync(cancelled, token);
        });
        job = World.PublishJob();
        var process = await AgentProcess.StartAsync(World, configure: o => o.ShutdownGrace = TimeSpan.Zero);
        await Runs.WaitForAsync(1);
        await process.StopAsync();

        await using var again = await AgentProcess.StartAsync(World);
        await cancelled.WaitAsync();
        var ticket = Assert.Single(await TicketsAsync(again));

        Assert.Equal(TicketState.Canceled, ticket.State);
        Assert.Equal(("canceled", 0), (job.Status, job.Ends));
    }

    private static async Task<JobResult> UntilCancelledAsync(Signal cancelled, CancellationToken token)
    {
        await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancelled.Set();
        token.ThrowIfCancellationRequested();
        return new JobResult("not reached");
    }
}
