using System.Text.Json.Nodes;
using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;

namespace Core.Tests.Jobs;

public sealed class JobRunTests : JobTestBase
{
    [Fact]
    public async Task A_job_is_acknowledged_run_and_completed_with_its_outcome()
    {
        OnJob((_, _) => Task.FromResult(new JobResult("3 rows")
        {
            Heading = "Read",
            Info = "finished",
            Acknowledge = true,
            Details = new JsonObject { ["rowsRead"] = 3, ["message"] = "a detail does not overwrite the message" },
        }.ThenWait()));
        var job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal(["GET jobs/us_jb_1", "POST jobs/us_jb_1/ack", "POST jobs/us_jb_1/complete"], World.Flatfile.Calls.Items);
        Assert.Equal("complete", job.Status);
        Assert.Equal("finished", job.Info);
        Assert.Equal("""{"rowsRead":3,"message":"3 rows","heading":"Read","acknowledge":true,"next":{"type":"wait"}}""", job.Outcome!.ToJsonString());
    }

    [Fact]
    [Trait("Row", "J-13")]
    public async Task A_failure_the_handler_names_fails_the_job_at_once()
    {
        OnJob((_, _) => throw new JobFailedException("The file is empty. Upload one with rows.") { Details = new JsonObject { ["rowsRead"] = 0 } });
        var job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World);
        var ticket = (await TicketsAsync(process))[0];

        Assert.Equal([1], Runs.Items);
        Assert.Equal(TicketState.Failed, ticket.State);
        Assert.Equal("failed", job.Status);
        Assert.Equal("The file is empty. Upload one with rows.", job.Info);
        Assert.Equal("""{"rowsRead":0,"message":"The file is empty. Upload one with rows.","acknowledge":true}""", job.Outcome!.ToJsonString());
    }

    [Fact]
    [Trait("Row", "J-12")]
    public async Task A_fault_that_may_pass_is_tried_again_and_the_wait_is_shown()
    {
        OnJob((context, _) => context.Attempt < 3 ? throw new TimeoutException("no answer") : Task.FromResult(new JobResult("done")));
        var job = World.PublishJob();
        var shown = new List<string?>();
        World.Flatfile.LoseAnswer = _ =>
        {
            shown.Add(job.Info);
            return false;
        };
        await using var process = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal([1, 2, 3], Runs.Items);
        Assert.Equal("complete", job.Status);
        Assert.Contains("Run 1 failed: no answer Trying again in 1 s (2 of 5).", shown);
    }

    [Fact]
    [Trait("Row", "J-14")]
    public async Task Used_up_tries_fail_the_job_with_the_last_reason_and_without_a_stack()
    {
        OnJob((context, _) => throw new InvalidOperationException($"fault {context.Attempt}"));
        var job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal([1, 2, 3, 4, 5], Runs.Items);
        Assert.Equal("failed", job.Status);
        Assert.Equal("fault 5 (tried 5 times)", job.Outcome!["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_job_that_takes_too_long_is_failed_when_its_tries_are_used_up()
    {
        OnJob((_, token) => Task.Delay(Timeout.Infinite, token).ContinueWith<JobResult>(_ => throw new OperationCanceledException(), TaskScheduler.Default));
        var job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World, configure: o =>
        {
            o.Jobs.MaxAttempts = 2;
            o.Jobs.AttemptTimeout = TimeSpan.FromMilliseconds(100);
        });
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal([1, 2], Runs.Items);
        Assert.Contains("longer than", job.Outcome!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Row", "E-13")]
    [InlineData("complete")]
    [InlineData("failed")]
    [InlineData("canceled")]
    public async Task A_job_that_has_ended_already_is_not_run(string status)
    {
        OnJob();
        World.PublishJob().Status = status;
        await using var process = await AgentProcess.StartAsync(World);
        await TicketsAsync(process);

        Assert.Empty(Runs.Items);
        Assert.Equal(["GET jobs/us_jb_1"], World.Flatfile.Calls.Items);
    }

    [Fact]
    [Trait("Row", "E-13")]
    public async Task A_job_that_is_gone_closes_its_ticket()
    {
        OnJob();
        World.PublishJob();
        World.Flatfile.DeleteJob("us_jb_1");
        await using var process = await AgentProcess.StartAsync(World);
        var ticket = (await TicketsAsync(process))[0];

        Assert.Empty(Runs.Items);
        Assert.Equal(TicketState.Closed, ticket.State);
    }

    [Fact]
    [Trait("Row", "J-25")]
    public async Task A_job_whose_handler_was_taken_away_is_failed_and_says_so()
    {
        OnJob();
        var job = World.PublishJob();
        await CrashAsync(null, "ticket.add");
        World.Unbind();

        await using var again = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal("failed", job.Status);
        Assert.Contains("'j' is not loaded any more", job.Outcome!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outage_at_the_end_is_waited_out()
    {
        var refused = 0;
        World.Flatfile.Refuse = call => call.EndsWith("/complete", StringComparison.Ordinal) && Interlocked.Increment(ref refused) <= 4 ? 503 : null;
        OnJob();
        var job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal([1], Runs.Items);
        Assert.Equal("complete", job.Status);
    }

    [Fact]
    public async Task A_refused_outcome_fails_the_job_instead_of_leaving_it_open()
    {
        World.Flatfile.Refuse = call => call.EndsWith("/complete", StringComparison.Ordinal) ? 422 : null;
        OnJob();
        var job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal("failed", job.Status);
        Assert.Contains("refused its outcome", job.Outcome!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_end_that_cannot_be_told_until_the_deadline_is_a_dead_letter()
    {
        World.Flatfile.Refuse = call => call.EndsWith("/complete", StringComparison.Ordinal) || call.EndsWith("/fail", StringComparison.Ordinal) ? 400 : null;
        OnJob();
        World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World, configure: o => o.Jobs.OutcomeDeadline = TimeSpan.FromMilliseconds(1));
        IReadOnlyList<DeadLetter> letters = [];
        await Signal.UntilAsync(async () => (letters = await process.Get<IDeadLetters>().ListAsync(1, CancellationToken.None)).Count == 1, "the dead letter");

        Assert.Contains("could not be told to Flatfile", letters[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Row", "J-07")]
    public async Task Progress_is_sent_and_a_report_that_fails_does_not_fail_the_job()
    {
        World.Flatfile.Refuse = call => call.EndsWith("/ack", StringComparison.Ordinal) && Runs.Items.Count > 0 ? 400 : null;
        OnJob((context, _) =>
        {
            context.Report(50, "half");
            return Task.FromResult(new JobResult("done"));
        });
        var job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal("complete", job.Status);
    }

    [Fact]
    public async Task No_progress_is_sent_after_the_end()
    {
        JobContext? kept = null;
        OnJob((context, _) =>
        {
            kept = context;
            context.Report(30);
            context.Report(60);
            return Task.FromResult(new JobResult("done"));
        });
        var job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World);
        await TicketsAsync(process);
        kept!.Report(90);
        await process.StopAsync();

        Assert.Equal("POST jobs/us_jb_1/complete", World.Flatfile.Calls.Items[^1]);
        Assert.Equal(job.ProgressSeen.Order(), job.ProgressSeen);
        Assert.Equal(60, job.ProgressSeen[^1]);
    }

    [Fact]
    public async Task Jobs_of_one_space_run_in_order_one_at_a_time_also_past_a_failure()
    {
        var inHand = 0;
        var order = new Arrivals<string>("runs");
        World.OnJob("j", async (context, _) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inHand));
            order.Add($"{context.JobId} {context.Attempt}");
            await Task.Yield();
            Interlocked.Decrement(ref inHand);
            return context is { JobId: "us_jb_2", Attempt: 1 } ? throw new TimeoutException("once") : new JobResult("done");
        });
        for (var i = 0; i < 6; i++)
        {
            World.PublishJob();
        }

        await using var process = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(6);

        Assert.Equal(["us_jb_1 1", "us_jb_2 1", "us_jb_2 2", "us_jb_3 1", "us_jb_4 1", "us_jb_5 1", "us_jb_6 1"], order.Items);
        Assert.Equal(Enumerable.Range(1, 6).Select(i => $"us_jb_{i}"), World.Flatfile.Ended.Items);
    }

    [Fact]
    public async Task Jobs_of_two_spaces_run_beside_each_other()
    {
        var both = new Signal("both jobs to run");
        var inHand = 0;
        OnJob(async (_, _) =>
        {
            if (Interlocked.Increment(ref inHand) == 2)
            {
                both.Set();
            }

            await both.WaitAsync();
            return new JobResult("done");
        });
        World.PublishJob(space: "us_sp_1");
        World.PublishJob(space: "us_sp_2");
        await using var process = await AgentProcess.StartAsync(World);

        await World.Flatfile.Ended.WaitForAsync(2);
    }
}
