using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Drivers.SpacesStream;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Api;

namespace Core.Tests.Jobs;

/// <summary>No job hangs: a run of which nothing is seen is ended, and so is a job that nobody works on.</summary>
public sealed class WatchdogTests : JobTestBase
{
    [Fact]
    public async Task A_run_of_which_nothing_is_seen_is_ended_and_the_job_fails_with_that_reason_when_its_tries_are_used_up()
    {
        OnJob(async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return new JobResult("not reached");
        });
        World.Ruled(new HandlerRules { MaxSilence = TimeSpan.FromMilliseconds(300), MaxAttempts = 2 });
        var job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World, configure: o => o.Jobs.CancelCheck = TimeSpan.FromMilliseconds(50));
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal([1, 2], Runs.Items);
        Assert.Equal("failed", job.Status);
        Assert.StartsWith("Nothing was seen of it for 00:00:00.3", job.Outcome!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_reports_lives_longer_than_the_longest_silence()
    {
        OnJob(async (context, token) =>
        {
            for (var i = 1; i <= 10; i++)
            {
                context.Report(i);
                await Task.Delay(100, token);
            }

            return new JobResult("done");
        });
        var job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World, configure: o =>
        {
            o.Jobs.MaxSilence = TimeSpan.FromMilliseconds(500);
            o.Jobs.CancelCheck = TimeSpan.FromMilliseconds(50);
        });
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal(("complete", 1), (job.Status, Runs.Items.Count));
    }

    [Fact]
    public async Task A_job_without_a_ticket_is_failed_when_nothing_happened_to_it_for_long_and_others_are_left_alone()
    {
        await using var spaces = await SpacesWorld.StartAsync();
        spaces.OnJob("space:ours", (_, _, _) => Task.FromResult(new JobResult("not reached")));
        var ready = await spaces.StartJobAsync("space:ours");
        var executing = await spaces.StartJobAsync("space:ours");
        await spaces.Client.Jobs.AckAsync(executing.Id);
        var foreign = await spaces.StartJobAsync("space:theirs");
        var created = await spaces.Client.Jobs.CreateAsync(new JobConfig { Type = "space", Operation = "ours", Source = spaces.SpaceId });

        // It never hears of what was before it.
        await using var agent = await SpacesAgent.StartAsync(spaces, configure: o =>
        {
            o.SpacesStream.Start = StreamStart.Now;
            o.Jobs.AbandonedAfter = TimeSpan.FromMilliseconds(700);
        });
        var ends = new[] { await spaces.EndOfAsync(ready.Id), await spaces.EndOfAsync(executing.Id) };

        Assert.All(ends, end => Assert.Equal(JobStatus.Failed, end.Status));
        Assert.All(ends, end => Assert.Contains("no agent has a ticket for it", (string)end.Outcome!["message"]!, StringComparison.Ordinal));
        Assert.Equal(JobStatus.Ready, (await spaces.Client.Jobs.GetAsync(foreign.Id)).Status);
        Assert.Equal(JobStatus.Created, (await spaces.Client.Jobs.GetAsync(created.Id)).Status);
    }

    [Fact]
    public async Task A_job_with_a_ticket_may_take_its_time()
    {
        await using var spaces = await SpacesWorld.StartAsync();
        var (begun, release) = (new Signal("the run"), new Signal("the release"));
        spaces.OnJob("space:ours", async (_, _, _) =>
        {
            begun.Set();
            await release.Task;
            return new JobResult("done");
        });
        var job = await spaces.StartJobAsync("space:ours");
        await using var agent = await SpacesAgent.StartAsync(spaces, configure: o => o.Jobs.AbandonedAfter = TimeSpan.FromSeconds(3));
        await begun.WaitAsync();
        await Signal.UntilAsync(
            async () => (await spaces.Client.Jobs.GetAsync(job.Id)).UpdatedAt < TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(3.5), "the job to be old");

        Assert.Empty(await agent.Get<AbandonedJobs>().EndAsync(CancellationToken.None));
        release.Set();
        Assert.Equal(JobStatus.Complete, (await spaces.EndOfAsync(job.Id)).Status);
    }
}
