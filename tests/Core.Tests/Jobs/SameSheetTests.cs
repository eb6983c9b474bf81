using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;
using Flatfile.Api;

namespace Core.Tests.Jobs;

/// <summary>One event starts two jobs that both count a sheet's rows and add the next one: beside each other they would add the same.</summary>
public sealed class SameSheetTests : IAsyncLifetime
{
    private readonly Arrivals<string> _steps = new("steps of the jobs");
    private readonly Signal _goOn = new("the first job may go on");
    private SpacesWorld _world = null!;
    private string _sheet = null!;

    public async Task InitializeAsync()
    {
        _world = await SpacesWorld.StartAsync();
        _sheet = await _world.SheetAsync(0);
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [Trait("Row", "J-27")]
    [InlineData(LaneKey.Space, "sheet:one", "sheet:two")]
    [InlineData(LaneKey.Sheet, "sheet:one", "sheet:one")]
    public async Task Two_jobs_that_one_event_starts_for_a_sheet_run_one_after_the_other(string lane, params string[] jobs)
    {
        Bind(lane, jobs);
        await using var agent = await SpacesAgent.StartAsync(_world);
        await SpacesWorld.InsertAsync(_world.Client, _sheet, ["1"], "the-event");
        await _steps.WaitForAsync(1);
        var second = await SecondTicketAsync(agent);

        // Whoever asks for it early, here or on another agent, does not get it.
        await agent.Get<IJobRunner>().RunAsync(second, CancellationToken.None);
        var (answer, _) = await agent.Get<ITicketStore>().ClaimAsync(second, "another agent", TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.Equal(ClaimAnswer.NotFirst, answer);
        Assert.Equal(["begins"], _steps.Items);
        _goOn.Set();

        Assert.Equal(["begins", "ends", "begins", "ends"], await _steps.WaitForAsync(4));
        Assert.Equal(["1", "2", "3"], await _world.ValuesAsync(_sheet));
        await EndedAsync(jobs);
    }

    [Fact]
    [Trait("Row", "J-27")]
    public async Task Handlers_that_want_no_lane_run_beside_each_other_so_that_the_lane_is_what_keeps_them_apart()
    {
        Bind(LaneKey.None, "sheet:one", "sheet:two");
        await using var agent = await SpacesAgent.StartAsync(_world);
        await SpacesWorld.InsertAsync(_world.Client, _sheet, ["1"], "the-event");
        Assert.Equal(["begins", "begins"], await _steps.WaitForAsync(2));
        _goOn.Set();
        await _steps.WaitForAsync(4);

        Assert.Equal(["1", "2", "2"], await _world.ValuesAsync(_sheet));
        await EndedAsync("sheet:one", "sheet:two");
    }

    private void Bind(string lane, params string[] jobs)
    {
        var started = 0;
        _world.OnEvent("commit:created", async (_, client, token) =>
        {
            // The rows of the jobs are commits of their own.
            if (Interlocked.Exchange(ref started, 1) == 1)
            {
                return;
            }

            foreach (var job in jobs)
            {
                await client.Jobs.CreateAsync(
                    new JobConfig { Type = "sheet", Operation = job.Split(':')[1], Source = _sheet, Trigger = JobTrigger.Immediate }, cancellationToken: token);
            }
        });
        foreach (var job in jobs.Distinct())
        {
            _world.OnJob(job, AddNextAsync);
            _world.Ruled(new HandlerRules { Lane = lane });
        }
    }

    private async Task<JobResult> AddNextAsync(JobContext context, FlatfileClient client, CancellationToken token)
    {
        var rows = (await client.Sheets.GetRecordCountsAsync(_sheet, cancellationToken: token)).Total;
        _steps.Add("begins");
        await _goOn.Task.WaitAsync(token);
        await SpacesWorld.InsertAsync(client, _sheet, [$"{rows + 1}"], context.JobId, token);
        _steps.Add("ends");
        return new JobResult("done");
    }

    private static async Task<string> SecondTicketAsync(SpacesAgent agent)
    {
        List<string> ids = [];
        await Signal.UntilAsync(
            async () => (ids = await agent.Get<AgentDatabase>().ReadAsync(c => c.Query("SELECT id FROM tickets ORDER BY seq", r => r.GetString(0)), CancellationToken.None)).Count == 2,
            "the tickets of both jobs");
        return ids[1];
    }

    private async Task EndedAsync(params string[] jobs)
    {
        var ended = new List<string>();
        await foreach (var job in _world.Client.Jobs.ListAsync(_world.SpaceId))
        {
            if (jobs.Contains($"{job.Type}:{job.Operation}"))
            {
                ended.Add((await _world.EndOfAsync(job.Id)).Status);
            }
        }

        Assert.Equal([JobStatus.Complete, JobStatus.Complete], ended);
    }
}
