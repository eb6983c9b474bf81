using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;
using Flatfile.Api;

namespace Core.Tests.Jobs;

/// <summary>A run that another one has followed, against the real server.</summary>
public sealed class FencedRunTests : IAsyncLifetime
{
    private SpacesWorld _world = null!;

    public async Task InitializeAsync() => _world = await SpacesWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    [Trait("Row", "J-19")]
    public async Task A_run_that_believes_in_its_lease_is_refused_by_the_server_once_a_newer_one_has_written()
    {
        var sheet = await _world.SheetAsync(0);
        var (first, followed, ended) = (new Signal("the first run's row"), new Signal("a newer run to have written"), new Signal("the first run to end"));
        Exception? fault = null;
        _world.OnJob("space:write", async (context, client, token) =>
        {
            if (context.Attempt > 1)
            {
                return new JobResult("by the second run");
            }

            await SpacesWorld.InsertAsync(client, sheet, ["1"], "one", token);
            first.Set();
            await followed.Task;
            try
            {
                await SpacesWorld.InsertAsync(client, sheet, ["2"], "two", CancellationToken.None);
            }
            catch (Exception refused)
            {
                fault = refused;
            }

            ended.Set();
            return new JobResult("by the first run");
        });
        var job = await _world.StartJobAsync("space:write");
        await using var agent = await SpacesAgent.StartAsync(_world, configure: o => o.Jobs.Lease = TimeSpan.FromMinutes(10));
        await first.WaitAsync();

        // As another agent would: it owns the ticket by now and has told Flatfile so.
        await agent.Get<AgentDatabase>().WriteAsync(
            "test", c => { c.Run("UPDATE tickets SET lease = lease + 1, fence = fence + 1, owner = 'another', lease_until = 0"); }, CancellationToken.None);
        var fence = await agent.Get<AgentDatabase>().ReadAsync(c => c.Query("SELECT fence FROM tickets", r => r.GetInt64(0))[0], CancellationToken.None);
        using var http = new HttpClient { BaseAddress = new Uri(_world.Address, "v1/") };
        using var ack = new HttpRequestMessage(HttpMethod.Post, $"jobs/{job.Id}/ack");
        ack.Headers.Add("Authorization", "Bearer " + _world.Key);
        ack.Headers.Add(RunFenceHeader.Name, RunFenceHeader.Write(job.Id, fence));
        (await http.SendAsync(ack)).EnsureSuccessStatusCode();
        followed.Set();
        await ended.WaitAsync();

        Assert.IsAssignableFrom<OperationCanceledException>(fault);
        Assert.Equal(["1"], await _world.ValuesAsync(sheet));
        Assert.Equal(JobStatus.Executing, (await _world.Client.Jobs.GetAsync(job.Id)).Status);
    }

    [Fact]
    [Trait("Row", "J-20")]
    public async Task A_run_whose_ticket_is_gone_from_the_store_writes_nothing_once_its_lease_is_not_sure()
    {
        var sheet = await _world.SheetAsync(0);
        var (begun, taken, ended) = (new Signal("the run"), new Signal("the ticket to be gone"), new Signal("the run to end"));
        Exception? fault = null;
        _world.OnJob("space:write", async (_, client, token) =>
        {
            begun.Set();
            await taken.Task;
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            fault = await Record.ExceptionAsync(() => SpacesWorld.InsertAsync(client, sheet, ["1"], null, CancellationToken.None));
            ended.Set();
            return new JobResult("done");
        });
        var job = await _world.StartJobAsync("space:write");
        await using var agent = await SpacesAgent.StartAsync(_world, configure: o => o.Jobs.Lease = TimeSpan.FromSeconds(1));
        await begun.WaitAsync();
        await agent.Get<AgentDatabase>().WriteAsync("test", c => { c.Run("DELETE FROM tickets"); }, CancellationToken.None);
        taken.Set();
        await ended.WaitAsync();

        Assert.IsAssignableFrom<OperationCanceledException>(fault);
        Assert.Empty(await _world.ValuesAsync(sheet));
        Assert.Equal(JobStatus.Executing, (await _world.Client.Jobs.GetAsync(job.Id)).Status);
    }

    [Fact]
    [Trait("Row", "J-21")]
    public async Task Of_many_workers_that_fetch_one_ticket_at_the_same_instant_one_runs_it()
    {
        var (runs, release) = (new Arrivals<int>("runs"), new Signal("the release"));
        _world.OnJob("space:write", async (context, _, _) =>
        {
            runs.Add(context.Attempt);
            await release.Task;
            return new JobResult("done");
        });
        var job = await _world.StartJobAsync("space:write");
        await using var agent = await SpacesAgent.StartAsync(_world);
        await runs.WaitForAsync(1);
        var ticket = await agent.Get<AgentDatabase>().ReadAsync(c => c.Query("SELECT id FROM tickets", r => r.GetString(0))[0], CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => agent.Get<IJobRunner>().RunAsync(ticket, CancellationToken.None))));
        release.Set();
        await _world.EndOfAsync(job.Id);

        Assert.Equal([1], runs.Items);
    }

    [Fact]
    [Trait("Row", "J-23")]
    public async Task A_space_deleted_during_the_job_ends_it_at_once_with_that_reason_and_without_another_run()
    {
        var (begun, told) = (new Signal("the run"), new Signal("the run to be told"));
        _world.OnJob("space:write", async (_, _, token) =>
        {
            begun.Set();
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            told.Set();
            token.ThrowIfCancellationRequested();
            return new JobResult("not reached");
        });
        await _world.StartJobAsync("space:write");
        await using var agent = await SpacesAgent.StartAsync(_world);
        await begun.WaitAsync();
        await _world.Client.Spaces.DeleteAsync(_world.SpaceId);
        await told.WaitAsync();
        var row = await EndedAsync(agent);

        Assert.Equal((TicketState.Failed, 1), (row.State, row.Attempt));
        Assert.StartsWith("Space deleted", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Row", "J-23")]
    public async Task A_sheet_deleted_during_the_job_fails_it_at_once_with_that_reason()
    {
        var sheet = await _world.SheetAsync(3);
        _world.OnJob("space:write", async (context, client, token) =>
        {
            await _world.Client.Sheets.DeleteAsync(sheet, token);
            await SpacesWorld.InsertAsync(client, sheet, ["1"], null, token);
            return new JobResult("not reached");
        });
        var job = await _world.StartJobAsync("space:write");
        await using var agent = await SpacesAgent.StartAsync(_world);
        var end = await _world.EndOfAsync(job.Id);
        var row = await EndedAsync(agent);

        Assert.Equal((JobStatus.Failed, 1), (end.Status, row.Attempt));
        Assert.Contains(sheet, (string)end.Outcome!["message"]!, StringComparison.Ordinal);
    }

    private static async Task<(TicketState State, int Attempt, string? Reason)> EndedAsync(SpacesAgent agent)
    {
        List<(TicketState State, int Attempt, string? Reason)> rows = [];
        await Signal.UntilAsync(
            async () => (rows = await agent.Get<AgentDatabase>().ReadAsync(
                c => c.Query("SELECT state, attempt, reason FROM tickets WHERE state >= 10", r => ((TicketState)r.GetInt32(0), r.GetInt32(1), r.TextOrNull(2))), CancellationToken.None)).Count == 1,
            "the ticket to end");
        return rows[0];
    }
}
