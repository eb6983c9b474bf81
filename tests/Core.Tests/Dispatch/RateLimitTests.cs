using Contracts.Support;
using Core.Tests.Jobs;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Store;
using Flatfile.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Core.Tests.Dispatch;

/// <summary>A server that asks for fewer calls, more often than a handler has tries: the handler waits, and no try is counted.</summary>
public sealed class RateLimitTests : JobTestBase
{
    // A handler has five tries.
    private const int Refusals = 7;

    private int _calls;

    [Fact]
    [Trait("Row", "F-10")]
    public async Task A_job_that_is_asked_to_wait_more_often_than_it_has_tries_is_done()
    {
        await using var server = await LimitedAsync();
        OnJob(async (_, token) =>
        {
            await CallAsync(server, token);
            return new JobResult("done");
        });
        var job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World);
        await World.Flatfile.Ended.WaitForAsync(1);
        var ticket = (await TicketsAsync(process))[0];

        Assert.Equal("complete", job.Status);
        Assert.Equal(Refusals + 1, Runs.Items.Count);
        Assert.Equal(0, ticket.Failures);
    }

    [Fact]
    [Trait("Row", "F-10")]
    public async Task An_event_handler_that_is_asked_to_wait_more_often_than_it_has_tries_is_done()
    {
        var done = new Signal("the handler to be done");
        await using var server = await LimitedAsync();
        World.OnEvent("h", async (context, token) =>
        {
            await CallAsync(server, token);
            Assert.Equal(1, context.Attempt);
            done.Set();
        });
        World.PublishEvent("us_evt_1");
        await using var process = await AgentProcess.StartAsync(World);
        await done.WaitAsync();

        Assert.Equal(Refusals + 1, Volatile.Read(ref _calls));
        Assert.Empty(await process.Get<IDeadLetters>().ListAsync(10, CancellationToken.None));
    }

    private Task<TestServer> LimitedAsync() => TestServer.StartAsync(app => app.MapFallback(http =>
    {
        var refused = Interlocked.Increment(ref _calls) <= Refusals;
        http.Response.StatusCode = refused ? StatusCodes.Status429TooManyRequests : StatusCodes.Status200OK;
        http.Response.Headers.RetryAfter = "0";
        return http.Response.WriteAsJsonAsync(new { data = new { success = true } });
    }));

    private static async Task CallAsync(TestServer server, CancellationToken token)
    {
        using var client = new FlatfileClient(new FlatfileClientOptions { BaseAddress = new Uri(server.Address, "v1"), Token = "sk_1", MaxRetries = 0 });
        await client.Jobs.ExecuteAsync("us_jb_9", token);
    }
}
