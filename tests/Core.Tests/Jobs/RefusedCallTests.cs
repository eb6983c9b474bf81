using System.Globalization;
using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Core.Tests.Jobs;

/// <summary>Flatfile refuses a call that a handler makes: the job ends with one outcome that says what was refused and what to do.</summary>
public sealed class RefusedCallTests : JobTestBase
{
    /// <summary>A refusal that stays ends the job at once; a key may be renewed and a conflict may pass, so those are tried as often as any other fault.</summary>
    [Theory]
    [Trait("Row", "F-13")]
    [InlineData(400, 1, "Correct what the message names")]
    [InlineData(401, 5, "Check the key")]
    [InlineData(403, 1, "may not do this")]
    [InlineData(404, 1, "Check the id")]
    [InlineData(409, 5, "read it again and decide")]
    [InlineData(413, 1, "Send less at once")]
    [InlineData(422, 1, "Correct what the message names")]
    public async Task The_job_fails_with_the_refusal_and_what_to_do_about_it(int status, int runs, string advice)
    {
        World.OnJob("j", async (context, services, token) =>
        {
            Runs.Add(context.Attempt);
            await services.GetRequiredService<FlatfileClient>().Jobs.GetAsync("us_jb_other", token);
            return new JobResult("not reached");
        });
        World.Flatfile.Refuse = call => call == "GET jobs/us_jb_other" ? status : null;
        var job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.Equal(("failed", 1), (job.Status, job.Ends));
        var message = job.Outcome!["message"]!.GetValue<string>();
        Assert.Contains(status.ToString(CultureInfo.InvariantCulture), message, StringComparison.Ordinal);
        Assert.Contains(advice, message, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, runs), Runs.Items);
        Assert.Equal(runs, World.Flatfile.Calls.Items.Count(c => c == "GET jobs/us_jb_other"));
    }
}
