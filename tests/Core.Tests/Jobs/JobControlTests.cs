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

    private async Task<TicketRow> RowAsync()
    {
        await using var database = new SqliteAgentDatabase(World.Folder.Path);
        await database.OpenAsync(CancellationToken.None);
        return (await RowsAsync(database))[0];
    }
}
