using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;
using Flatfile.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Core.Tests.Jobs;

/// <summary>Who ends a run from outside: the person, the shutdown, another run.</summary>
public sealed class JobControlTests : JobTestBase
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
        var begun = TimeProvider.System.GetTimestamp();
        job.Status = "canceled";
        await cancelled.WaitAsync();

        Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(2));
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
    [Trait("Row", "J-16")]
    public async Task At_the_shutdown_a_job_that_obeys_saves_and_resumes_without_a_failed_attempt()
    {
        OnJob(async (context, token) =>
        {
            if (context.Attempt == 1)
            {
                await Task.Delay(Timeout.Infinite, context.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await context.CheckpointAsync("half", token);
                context.Stopping.ThrowIfCancellationRequested();
            }

            return new JobResult(await context.ResumeAsync<string>(token) ?? "nothing");
        });
        var job = World.PublishJob();
        var process = await AgentProcess.StartAsync(World);
        await Runs.WaitForAsync(1);
        await process.StopAsync();
        var row = await RowAsync();
        Assert.Equal((TicketState.Waiting, 0, 0), (row.State, row.Failures, row.Fatal));
        Assert.Equal("executing", job.Status);

        await using var again = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal("half", job.Outcome!["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task At_the_shutdown_a_job_that_ends_within_the_grace_time_is_completed()
    {
        var release = new Signal("the release");
        OnJob(async (_, _) =>
        {
            await release.Task;
            return new JobResult("done");
        });
        var job = World.PublishJob();
        var process = await AgentProcess.StartAsync(World);
        await Runs.WaitForAsync(1);
        var stopping = process.StopAsync();
        release.Set();
        await stopping;

        Assert.Equal("complete", job.Status);
        Assert.Equal(TicketState.Completed, (await RowAsync()).State);
    }

    [Fact]
    public async Task The_other_services_of_the_host_stop_only_after_the_agent_is_down()
    {
        var release = new Signal("the release");
        OnJob(async (_, _) =>
        {
            await release.Task;
            return new JobResult("done");
        });
        var job = World.PublishJob();
        var statusAtStop = string.Empty;
        World.OtherServicesStop = () => statusAtStop = job.Status;
        var process = await AgentProcess.StartAsync(World);
        await Runs.WaitForAsync(1);
        var stopping = process.StopAsync();
        release.Set();
        await stopping;

        Assert.Equal("complete", statusAtStop);
    }

    [Fact]
    public async Task A_server_that_goes_away_during_the_stop_is_no_failure_of_the_job()
    {
        OnJob(async (context, _) =>
        {
            await Task.Delay(Timeout.Infinite, context.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new HttpRequestException("connection refused");
        });
        World.PublishJob();
        var process = await AgentProcess.StartAsync(World);
        await Runs.WaitForAsync(1);
        await process.StopAsync();
        var row = await RowAsync();

        Assert.Equal((TicketState.Waiting, 0), (row.State, row.Failures));
    }

    [Fact]
    [Trait("Row", "J-16")]
    public async Task After_the_grace_time_the_handler_is_cancelled_and_the_job_handed_back()
    {
        OnJob(async (context, token) =>
        {
            if (context.Attempt == 1)
            {
                await Task.Delay(Timeout.Infinite, token);
            }

            return new JobResult("done");
        });
        var job = World.PublishJob();
        var process = await AgentProcess.StartAsync(World, configure: o => o.ShutdownGrace = TimeSpan.FromMilliseconds(100));
        await Runs.WaitForAsync(1);
        await process.StopAsync();
        var row = await RowAsync();
        Assert.Equal((TicketState.Waiting, 0, 0), (row.State, row.Failures, row.Fatal));

        await using var again = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal("complete", job.Status);
        Assert.Equal([1, 2], Runs.Items);
    }

    [Fact]
    [Trait("Row", "J-20")]
    [Trait("Row", "J-19")]
    public async Task A_run_that_lost_its_lease_may_not_write_any_more()
    {
        var refused = new Signal("a call of the old run to be refused");
        Exception? fault = null;
        World.OnJob("j", async (context, services, token) =>
        {
            Runs.Add(context.Attempt);
            if (context.Attempt > 1)
            {
                return new JobResult("by the second run");
            }

            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await services.GetRequiredService<FlatfileClient>().Events.AckAsync("us_evt_x", CancellationToken.None);
            }
            catch (Exception cut)
            {
                fault = cut;
            }

            refused.Set();
            return new JobResult("by the first run");
        });
        var job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World, configure: o => o.Jobs.Lease = TimeSpan.FromMilliseconds(600));
        await Runs.WaitForAsync(1);

        // Another node takes the ticket over, as after a long pause of this one.
        await process.Get<AgentDatabase>().WriteAsync(
            "test", c => { c.Run("UPDATE tickets SET lease = lease + 1, owner = 'another', lease_until = 0"); }, CancellationToken.None);
        await refused.WaitAsync();

        Assert.NotNull(fault);
        Assert.Equal(0, World.Flatfile.Effects);
        Assert.Equal(0, job.Ends);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.FromException(fault!));
    }

    [Fact]
    public async Task A_checkpoint_of_a_run_that_lost_its_lease_is_refused()
    {
        Exception? fault = null;
        var tried = new Signal("the checkpoint to be tried");
        AgentProcess? process = null;
        OnJob(async (context, token) =>
        {
            await process!.Get<AgentDatabase>().WriteAsync("test", c => { c.Run("UPDATE tickets SET lease = lease + 1"); }, CancellationToken.None);
            try
            {
                await context.CheckpointAsync(1, token);
            }
            catch (Exception lost)
            {
                fault = lost;
            }

            tried.Set();
            return new JobResult("done");
        });
        process = await AgentProcess.StartAsync(World);
        var job = World.PublishJob();
        await tried.WaitAsync();
        await process.StopAsync();

        Assert.IsType<LeaseLostException>(fault);
        Assert.Equal(0, job.Ends);
    }

    [Fact]
    public async Task A_handler_that_ignores_its_token_is_left_alone_and_the_job_goes_on_without_it()
    {
        var never = new Signal("nothing");
        OnJob(async (context, _) =>
        {
            if (context.Attempt == 1)
            {
                await never.Task;
            }

            return new JobResult("by the second run");
        });
        var job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World, configure: o => o.Jobs.AttemptTimeout = TimeSpan.FromMilliseconds(100));
        await World.Flatfile.Ended.WaitForAsync(1);
        never.Set();

        Assert.Equal("by the second run", job.Outcome!["message"]!.GetValue<string>());
    }

    private static async Task<JobResult> UntilCancelledAsync(Signal cancelled, CancellationToken token)
    {
        await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancelled.Set();
        token.ThrowIfCancellationRequested();
        return new JobResult("not reached");
    }

    private async Task<TicketRow> RowAsync()
    {
        await using var database = new SqliteAgentDatabase(World.Folder.Path);
        await database.OpenAsync(CancellationToken.None);
        return (await RowsAsync(database))[0];
    }
}
