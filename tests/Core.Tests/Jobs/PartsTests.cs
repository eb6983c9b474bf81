using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Api;

namespace Core.Tests.Jobs;

/// <summary>A job in parts, against the real server.</summary>
public sealed class PartsTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _runs = [];
    private SpacesWorld _world = null!;
    private string _target = "";

    public async Task InitializeAsync()
    {
        _world = await SpacesWorld.StartAsync();
        _target = await _world.SheetAsync(0);
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Parts_run_beside_each_other_and_the_whole_goes_on_when_the_last_has_ended()
    {
        var together = new Arrivals<int>("parts that run at once");
        OnParts(async (part, _, _) =>
        {
            together.Add(part.Number);
            await together.WaitForAsync(3);
        });
        var job = await _world.StartJobAsync("space:sum");
        await using var agent = await SpacesAgent.StartAsync(_world);
        var end = await _world.EndOfAsync(job.Id);

        Assert.Equal((JobStatus.Complete, "1 of 10; 2 of 20; 3 of 30"), (end.Status, (string)end.Outcome!["message"]!));
        Assert.Equal(["1", "2", "3"], (await _world.ValuesAsync(_target)).Order());
        Assert.Equal(2, _runs.Count(r => r == "whole"));
    }

    [Fact]
    public async Task Killed_between_any_two_steps_each_part_is_made_once_and_done_once()
    {
        OnParts((_, _, _) => Task.CompletedTask);
        var job = await _world.StartJobAsync("space:sum");

        // Each life dies before or after another of its first writes, and so the job gets ahead by a few writes a life.
        var deaths = new List<string>();
        for (var life = 0; life < 80 && !await HasEndedAsync(job.Id); life++)
        {
            var at = 3 + (life / 2 % 8);
            await using var agent = await SpacesAgent.StartAsync(
                _world,
                (write, committed, number) =>
                {
                    var dies = number >= at && committed == (life % 2 == 1);
                    if (dies)
                    {
                        deaths.Add(write);
                    }

                    return dies;
                },
                o => o.Jobs.MaxFatalAttempts = 1_000);
            await Task.WhenAny(agent.Crashed.Task, EndedAsync(job.Id, agent));
        }

        await using var last = await SpacesAgent.StartAsync(_world, configure: o => o.Jobs.MaxFatalAttempts = 1_000);
        var end = await _world.EndOfAsync(job.Id);
        var parts = await PartsAsync(job.Id);

        Assert.True(deaths.Distinct().Count() >= 4, string.Join(", ", deaths.Distinct()));
        Assert.Equal("1 of 10; 2 of 20; 3 of 30", (string)end.Outcome!["message"]!);
        Assert.Equal([0, 1, 2], parts.Select(p => p.Part!.Value));
        Assert.All(parts, p => Assert.Equal(JobStatus.Complete, p.Status));
        Assert.Equal(["1", "2", "3"], (await _world.ValuesAsync(_target)).Order());
    }

    [Fact]
    public async Task A_part_has_its_own_tries_and_one_that_fails_is_told_to_the_whole()
    {
        OnParts((part, attempt, _) => part.Number switch
        {
            0 when attempt < 3 => throw new TimeoutException("not yet"),
            1 => throw new JobFailedException("The second range is empty."),
            _ => Task.CompletedTask,
        });
        var job = await _world.StartJobAsync("space:sum");
        await using var agent = await SpacesAgent.StartAsync(_world);
        var end = await _world.EndOfAsync(job.Id);

        Assert.Equal("1 of 10; failed: The second range is empty.; 3 of 30", (string)end.Outcome!["message"]!);
        Assert.Equal(3, _runs.Count(r => r == "part 0"));
        Assert.Single(_runs, r => r == "part 1");
    }

    [Fact]
    public async Task The_progress_of_the_whole_is_that_of_its_parts_by_their_weights()
    {
        var release = new Signal("the release");
        OnParts(async (part, _, context) =>
        {
            if (part.Number == 2)
            {
                context.Report(50);
                await release.Task;
            }
        });
        var job = await _world.StartJobAsync("space:sum");
        await using var agent = await SpacesAgent.StartAsync(_world);
        Job? now = null;
        await Signal.UntilAsync(async () => (now = await _world.Client.Jobs.GetAsync(job.Id)).Progress >= 60, "the progress of the whole");
        release.Set();
        await _world.EndOfAsync(job.Id);

        // 1 and 1 of 5 are done, and half of 3 of 5.
        Assert.Equal((70, "2 of 3 parts have ended"), (now!.Progress!.Value, now.Info));
    }

    [Fact]
    [Trait("Row", "J-22")]
    public async Task A_whole_that_is_cancelled_takes_its_parts_with_it()
    {
        var running = new Arrivals<int>("parts that run");
        var stopped = new Arrivals<int>("parts that were told to end");
        OnParts(async (part, _, context) =>
        {
            running.Add(part.Number);
            await Task.Delay(Timeout.Infinite, Token!.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stopped.Add(part.Number);
            Token.Value.ThrowIfCancellationRequested();
        });
        var job = await _world.StartJobAsync("space:sum");
        await using var agent = await SpacesAgent.StartAsync(_world);
        await running.WaitForAsync(3);
        await _world.Client.Jobs.CancelAsync(job.Id);
        await stopped.WaitForAsync(3);
        await Signal.UntilAsync(async () => (await agent.Get<Flatfile.Agent.Core.Jobs.ITicketStore>().OpenAsync([job.Id], CancellationToken.None)).Count == 0, "the ticket to end");

        Assert.Equal(JobStatus.Canceled, (await _world.Client.Jobs.GetAsync(job.Id)).Status);
        Assert.Equal(1, _runs.Count(r => r == "whole"));
    }

    private CancellationToken? Token { get; set; }

    private void OnParts(Func<JobPart, int, JobContext, Task> work) => _world.OnJob("space:sum", async (context, client, token) =>
    {
        Token = token;
        if (context.Part is { } part)
        {
            _runs.Enqueue($"part {part.Number}");
            await work(part, context.Attempt, context);
            var number = part.Data.GetProperty("number").GetInt32();
            await SpacesWorld.InsertAsync(client, _target, [$"{number}"], $"{context.JobId}:row", token);
            return new JobResult($"{number} of {number}0");
        }

        _runs.Enqueue("whole");
        var results = await context.SplitAsync(
            [.. new[] { (1, 1.0), (2, 1.0), (3, 3.0) }.Select(p => new JobPartPlan(new JsonObject { ["number"] = p.Item1 }, p.Item2))], token);
        return new JobResult(string.Join("; ", results.Select(r => r.Succeeded ? r.Message : $"failed: {r.Message}")));
    });

    private async Task<bool> HasEndedAsync(string jobId) => (await _world.Client.Jobs.GetAsync(jobId)).Status is JobStatus.Complete or JobStatus.Failed;

    private async Task EndedAsync(string jobId, SpacesAgent agent)
    {
        await Signal.UntilAsync(async () => agent.Crashed.IsSet || await HasEndedAsync(jobId), "the job to end or the agent to die");

        // What it writes after the end it may die of too.
        await Task.WhenAny(agent.Crashed.Task, Task.Delay(300));
    }

    private async Task<List<Job>> PartsAsync(string jobId)
    {
        var parts = new List<Job>();
        await foreach (var part in _world.Client.Jobs.ListAsync(new JobQuery { ParentId = jobId, SortDirection = "asc" }))
        {
            parts.Add(part);
        }

        return parts;
    }
}
