using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Core.Tests.Jobs;

/// <summary>Rows sent to a server that knows neither fences nor keys of idempotency, as Flatfile's cloud, and whose answer is lost.</summary>
public sealed class InsertGuardTests : JobTestBase
{
    private readonly FakeSheet _sheet = new();
    private TimeSpan _readBack = TimeSpan.FromMilliseconds(1_500);

    private string[] Batches { get; set; } = ["1,2", "3,4", "5,6"];

    [Fact]
    [Trait("Row", "J-05")]
    public async Task An_answer_lost_after_the_rows_were_taken_inserts_them_once()
    {
        _sheet.Fail(post: 2, applied: true, status: null);
        _sheet.Fail(post: 3, applied: true, status: 502);
        var job = await RunAsync();

        Assert.Equal("complete", job.Status);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], _sheet.Rows);
    }

    [Fact]
    [Trait("Row", "J-05")]
    public async Task An_answer_lost_before_the_rows_were_taken_sends_them_again()
    {
        _sheet.Fail(post: 2, applied: false, status: null);
        _sheet.Fail(post: 4, applied: false, status: 503);
        var job = await RunAsync();

        Assert.Equal("complete", job.Status);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], _sheet.Rows);
    }

    [Fact]
    [Trait("Row", "J-05")]
    public async Task Rows_that_arrive_after_the_answer_was_lost_are_waited_for()
    {
        _sheet.Fail(post: 1, applied: false, status: 504, later: 3);
        _readBack = TimeSpan.FromMinutes(1);
        var job = await RunAsync();

        Assert.Equal("complete", job.Status);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], _sheet.Rows);
    }

    [Fact]
    [Trait("Row", "J-05")]
    public async Task An_outcome_that_nobody_can_know_fails_the_job_and_names_the_batch_whatever_the_handler_says()
    {
        _sheet.Fail(post: 2, applied: true, status: null, foreign: 1);
        var job = await RunAsync(swallow: true);

        Assert.Equal("failed", job.Status);
        Assert.Contains("outcome of batch 2 unknown", job.Outcome!["message"]!.GetValue<string>().Replace(" is ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(["1", "2", "3", "4", "foreign"], _sheet.Rows);
    }

    [Theory]
    [Trait("Row", "J-04")]
    [Trait("Row", "J-05")]
    [Trait("Row", "J-06")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_around_any_note_of_an_insert_the_rows_are_in_once(bool committed)
    {
        OnInserts(swallow: false);
        var job = World.PublishJob();
        for (var life = 0; life < 12 && !job.HasEnded; life++)
        {
            var (notes, at) = (0, 1 + (life % 3));
            AgentProcess? process = null;
            process = await StartAsync(o => o.Jobs.MaxFatalAttempts = 100);
            process.Get<Flatfile.Agent.Core.Store.AgentDatabase>().Probe = Killing;
            await Signal.UntilAsync(() => Task.FromResult(process.Crashed.IsSet || job.HasEnded), "a death or the end");
            await process.KillAsync();

            void Killing(string write, bool done)
            {
                if (write == "ticket.note" && done == committed && Interlocked.Increment(ref notes) == at)
                {
                    process!.Die();
                }

                if (process!.Crashed.IsSet)
                {
                    throw new InvalidOperationException("This process is dead.");
                }
            }
        }

        await using var last = await StartAsync();
        await Signal.UntilAsync(() => Task.FromResult(job.HasEnded), "the end");

        Assert.Equal("complete", job.Status);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], _sheet.Rows);
    }

    [Fact]
    public async Task Two_batches_of_the_same_rows_are_two()
    {
        Batches = ["1,2", "1,2"];
        var job = await RunAsync();

        Assert.Equal("complete", job.Status);
        Assert.Equal(["1", "2", "1", "2"], _sheet.Rows);
    }

    private async Task<FakeJob> RunAsync(bool swallow = false)
    {
        OnInserts(swallow);
        var job = World.PublishJob();
        await using var process = await StartAsync();
        await Signal.UntilAsync(() => Task.FromResult(job.HasEnded), "the job to end");
        return job;
    }

    private Task<AgentProcess> StartAsync(Action<Flatfile.Agent.Core.Startup.AgentOptions>? configure = null) => AgentProcess.StartAsync(World, configure: o =>
    {
        o.Flatfile.ReadBackTime = _readBack;
        configure?.Invoke(o);
    });

    private void OnInserts(bool swallow)
    {
        World.Flatfile.Sheet = _sheet;
        World.OnJob("j", async (context, services, token) =>
        {
            Runs.Add(context.Attempt);
            var client = services.GetRequiredService<FlatfileClient>();
            for (var done = await context.ResumeAsync<int>(token); done < Batches.Length; done++)
            {
                try
                {
                    await SpacesWorld.InsertAsync(client, "us_sh_1", Batches[done].Split(','), null, token);
                }
                catch (Exception) when (swallow)
                {
                    // A handler that goes on whatever happens.
                }

                await context.CheckpointAsync(done + 1, token);
            }

            return new JobResult("done");
        });
    }
}
