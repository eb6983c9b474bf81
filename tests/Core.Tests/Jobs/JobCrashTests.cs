using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Jobs;

namespace Core.Tests.Jobs;

/// <summary>The process dies at each point of a job's way; the next one ends the job, once.</summary>
public sealed class JobCrashTests : JobTestBase
{
    [Fact]
    [Trait("Row", "J-01")]
    public async Task Dying_before_the_attempt_is_stored_does_not_count()
    {
        OnJob();
        World.PublishJob();
        await CrashAsync("ticket.claim", null);

        await using var again = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal([1], Runs.Items);
    }

    [Fact]
    [Trait("Row", "J-02")]
    public async Task Dying_after_the_attempt_is_stored_makes_the_next_run_the_second()
    {
        OnJob();
        var job = World.PublishJob();
        await CrashAsync(null, "ticket.claim");
        Assert.Empty(Runs.Items);
        Assert.Equal("ready", job.Status);

        await using var again = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal([2], Runs.Items);
        Assert.Equal(1, job.Ends);
    }

    [Fact]
    public async Task What_a_crash_cut_off_is_handed_over_before_the_engine_takes_anything()
    {
        OnJob();
        World.PublishJob();
        await CrashAsync(null, "ticket.claim");

        await using var again = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(1);

        var ticket = Assert.Single(await TicketsAsync(again));
        Assert.Equal([ticket.Id], ((TaskEngine)again.Get<IJobEngine>()).AtStart);
    }

    [Fact]
    [Trait("Row", "J-08")]
    public async Task Dying_after_the_handler_returned_and_before_its_outcome_is_stored_runs_it_again()
    {
        OnJob();
        var job = World.PublishJob();
        await CrashAsync("ticket.outcome", null);
        Assert.Equal("executing", job.Status);

        await using var again = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal([1, 2], Runs.Items);
        Assert.Equal(1, job.Ends);
    }

    [Fact]
    [Trait("Row", "J-08")]
    public async Task Dying_after_the_outcome_is_stored_only_tells_it()
    {
        OnJob((_, _) => Task.FromResult(new JobResult("all rows are in") { Heading = "Done" }));
        var job = World.PublishJob();
        await CrashAsync(null, "ticket.outcome");
        Assert.Equal("executing", job.Status);

        await using var again = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal([1], Runs.Items);
        Assert.Equal(1, job.Ends);
        Assert.Equal("all rows are in", job.Outcome!["message"]!.GetValue<string>());
        Assert.Equal("Done", job.Outcome!["heading"]!.GetValue<string>());
    }

    [Fact]
    [Trait("Row", "J-09")]
    public async Task An_end_whose_answer_was_lost_ends_the_job_once()
    {
        var lost = 0;
        World.Flatfile.LoseAnswer = call => call.EndsWith("/complete", StringComparison.Ordinal) && Interlocked.Increment(ref lost) == 1;
        OnJob();
        var job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World);
        var ticket = (await TicketsAsync(process))[0];

        Assert.Equal(TicketState.Completed, ticket.State);
        Assert.Equal("complete", job.Status);
        Assert.Equal([1], Runs.Items);
    }

    [Fact]
    [Trait("Row", "J-10")]
    public async Task Dying_after_Flatfile_was_told_closes_the_ticket_without_another_word()
    {
        OnJob();
        var job = World.PublishJob();
        await CrashAsync("ticket.end", null);
        Assert.Equal("complete", job.Status);

        await using var again = await AgentProcess.StartAsync(World);
        var ticket = (await TicketsAsync(again))[0];

        Assert.Equal(TicketState.Completed, ticket.State);
        Assert.Equal([1], Runs.Items);
        Assert.Equal(1, job.Ends);
    }

    [Fact]
    [Trait("Row", "J-11")]
    public async Task A_ticket_that_has_ended_is_not_run_when_the_engine_brings_it_again()
    {
        OnJob();
        World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World);
        var ticket = (await TicketsAsync(process))[0];
        var calls = World.Flatfile.Calls.Items.Count;

        await process.Get<IJobRunner>().RunAsync(ticket.Id, CancellationToken.None);

        Assert.Equal([1], Runs.Items);
        Assert.Equal(calls, World.Flatfile.Calls.Items.Count);
    }

    [Fact]
    [Trait("Row", "J-15")]
    public async Task A_job_that_kills_the_process_each_time_is_failed_and_says_so()
    {
        OnJob();
        var job = World.PublishJob();
        for (var i = 0; i < 5; i++)
        {
            await CrashAsync(null, "ticket.claim");
        }

        await using var again = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Empty(Runs.Items);
        Assert.Equal("failed", job.Status);
        Assert.Contains("The worker died 5 times while running this job", job.Outcome!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_saves_checkpoints_may_die_more_often()
    {
        OnJob(async (context, token) =>
        {
            var done = await context.ResumeAsync<int>(token);
            if (done == 7)
            {
                return new JobResult("seven");
            }

            await context.CheckpointAsync(done + 1, token);
            World.Agent!.Die();
            throw new InvalidOperationException("dead");
        });
        var job = World.PublishJob();
        for (var i = 0; i < 7; i++)
        {
            var process = await AgentProcess.StartAsync(World);
            await process.Crashed.WaitAsync();
            await process.KillAsync();
        }

        await using var last = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal(8, Runs.Items.Count);
        Assert.Equal("complete", job.Status);
    }

    [Fact]
    public async Task A_checkpoint_is_there_after_the_crash()
    {
        OnJob(async (context, token) =>
        {
            if (context.Attempt == 1)
            {
                await context.CheckpointAsync(new[] { "a", "b" }, token);
                World.Agent!.Die();
                throw new InvalidOperationException("dead");
            }

            return new JobResult(string.Join(',', await context.ResumeAsync<string[]>(token) ?? []));
        });
        var job = World.PublishJob();
        var process = await AgentProcess.StartAsync(World);
        await process.Crashed.WaitAsync();
        await process.KillAsync();

        await using var again = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal("a,b", job.Outcome!["message"]!.GetValue<string>());
    }
}
