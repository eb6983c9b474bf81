using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Jobs;
using Flatfile.Spaces.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Spaces.Tests.Jobs;

/// <summary>Jobs the server runs by itself: in order, once, through crashes, to an end.</summary>
public sealed class SystemJobTests : IAsyncLifetime
{
    private readonly SteppedJob _job = new();
    private SpacesServer _server = null!;
    private string _space = "";

    public async Task InitializeAsync()
    {
        _server = await StartAsync(_job, null);
        _space = await _server.SpaceAsync();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task AnImmediateJobRunsReportsAndCompletesAndIsNeverOfferedToListeners()
    {
        _job.Let(3);
        var job = await CreateAsync(3);
        var ended = await EndedAsync(_server, job);

        Assert.Equal("complete", (string)ended["status"]!);
        Assert.Equal(100, (int)ended["progress"]!);
        Assert.Equal("""{"message":"3 steps done.","steps":3}""", ended["outcome"]!.ToJsonString());
        Assert.NotNull(ended["startedAt"]);
        Assert.NotNull(ended["finishedAt"]);
        var topics = await _server.TopicsAsync(_space);
        Assert.Equal(["space:created", "job:created", "job:updated"], topics[..3]);
        Assert.Equal("job:completed", topics[^1]);
        Assert.DoesNotContain("job:ready", topics);
        Assert.Equal(3, await DoneAsync(_server));
    }

    [Fact]
    public async Task AManualJobWaitsForExecute()
    {
        _job.Let(1);
        var job = await CreateAsync(1, trigger: null);
        Assert.Equal("created", (string)job["status"]!);
        await _server.DataAsync("POST", $"jobs/{job["id"]}/execute");
        Assert.Equal("complete", (string)(await EndedAsync(_server, job))["status"]!);
    }

    [Fact]
    public async Task AllFaultsOfTheConfigAreToldAtOnceAndNoJobIsMade()
    {
        var reply = await _server.SendAsync("POST", "jobs", $$"""{"type":"space","operation":"stepped","source":"{{_space}}","config":{ } }""");
        Assert.Equal(400, reply.Status);
        Assert.Equal(["config.steps", "config.weight"], reply.Json["errors"]!.AsArray().Select(fault => (string)fault!["key"]!));
        Assert.Empty((await _server.DataAsync("GET", $"jobs?spaceId={_space}")).AsArray());
    }

    [Fact]
    public async Task JobsOfOneSpaceRunOneAfterTheOther()
    {
        var jobs = new List<JsonNode>();
        for (var i = 0; i < 4; i++)
        {
            jobs.Add(await CreateAsync(2));
        }

        _job.Let(8);
        foreach (var job in jobs)
        {
            Assert.Equal("complete", (string)(await EndedAsync(_server, job))["status"]!);
        }

        Assert.Equal(1, _job.MostAtOnce);
        Assert.Equal(8, await DoneAsync(_server));
    }

    [Fact]
    public async Task ACanceledJobStopsAtOnceAndARetryGoesOnWhereItStopped()
    {
        var job = await CreateAsync(5);
        _job.Let(2);
        await _job.ReachedAsync(2);
        Assert.Equal("canceled", (string)(await _server.DataAsync("POST", $"jobs/{job["id"]}/cancel"))["status"]!);

        // Another job of the space runs only when the canceled one has let go.
        _job.Let(1);
        await EndedAsync(_server, await CreateAsync(1));
        Assert.Equal(3, await DoneAsync(_server));

        await _server.DataAsync("POST", $"jobs/{job["id"]}/retry");
        _job.Let(3);
        Assert.Equal("complete", (string)(await EndedAsync(_server, job))["status"]!);
        Assert.Equal(6, await DoneAsync(_server));
    }

    [Theory]
    [InlineData(true, "The sheet is locked.")]
    [InlineData(false, "Something failed in the server.")]
    public async Task AFaultFailsTheJobWithAReasonAndTheNextJobRuns(bool said, string reason)
    {
        _job.Fault = said ? ApiRefusal.Conflict(null, "The sheet is locked.") : new InvalidOperationException("secret detail");
        _job.Let(1);
        var ended = await EndedAsync(_server, await CreateAsync(2));
        Assert.Equal("failed", (string)ended["status"]!);
        Assert.StartsWith(reason, (string)ended["outcome"]!["message"]!);
        Assert.DoesNotContain("secret", ended.ToJsonString());
        _job.Fault = null;
        _job.Let(1);
        Assert.Equal("complete", (string)(await EndedAsync(_server, await CreateAsync(1)))["status"]!);
    }

    [Fact]
    public async Task NobodyElseCompletesOrMovesAJobOfTheServer()
    {
        var job = await CreateAsync(1);
        await _job.ReachedAsync(0);
        Assert.Equal(409, (await _server.SendAsync("POST", $"jobs/{job["id"]}/complete", "{}")).Status);
        Assert.Equal(409, (await _server.SendAsync("PATCH", $"jobs/{job["id"]}", """{"status":"waiting"}""")).Status);
        var tick = await _server.DataAsync("POST", $"jobs/{job["id"]}/ack", """{"progress":77,"info":"mine"}""");
        Assert.NotEqual(77, (int)tick["progress"]!);
        _job.Let(1);
        Assert.Equal("complete", (string)(await EndedAsync(_server, job))["status"]!);
    }

    [Fact]
    public async Task ADeletedJobStopsAndLeavesNothingDue()
    {
        var job = await CreateAsync(3);
        await _job.ReachedAsync(0);
        await _server.DataAsync("DELETE", $"jobs/{job["id"]}");
        _job.Let(1);
        Assert.Equal("complete", (string)(await EndedAsync(_server, await CreateAsync(1)))["status"]!);
        Assert.Equal(1, await DoneAsync(_server));
    }

    [Fact]
    public async Task AfterACrashBetweenTwoStepsTheRunGoesOnAndNoStepIsDoneTwice()
    {
        var job = await CreateAsync(6);
        _job.Let(4);
        await _job.ReachedAsync(4);
        using var crashed = new TemporaryFolder();
        CopyAsACrashLeavesIt(_server.Folder, crashed.Path);

        var resumed = new SteppedJob();
        await using var server = await StartAsync(resumed, crashed.Path);
        await resumed.ReachedAsync(4);
        resumed.Let(2);
        var ended = await EndedAsync(server, job);
        Assert.Equal("complete", (string)ended["status"]!);
        Assert.Equal(6, await DoneAsync(server));
        Assert.Single((await server.TopicsAsync(_space)), "job:completed");
    }

    [Fact]
    public async Task AfterAnOrderlyStopTheRunGoesOnToo()
    {
        using var folder = new TemporaryFolder();
        var first = new SteppedJob();
        JsonNode job;
        await using (var server = await StartAsync(first, folder.Path))
        {
            _space = await server.SpaceAsync();
            job = await CreateAsync(3, server: server);
            first.Let(1);
            await first.ReachedAsync(1);
        }

        var second = new SteppedJob();
        second.Let(2);
        await using var later = await StartAsync(second, folder.Path);
        Assert.Equal("complete", (string)(await EndedAsync(later, job))["status"]!);
        Assert.Equal(3, await DoneAsync(later));
    }

    private static Task<SpacesServer> StartAsync(SteppedJob job, string? folder) =>
        SpacesServer.StartAsync(folder, services: services => services.AddSingleton<ISystemJob>(job));

    /// <summary>Waits, by the log, for the job's end.</summary>
    internal static async Task<JsonNode> EndedAsync(SpacesServer server, JsonNode job)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var position = server.Log.Position;
            var now = await server.DataAsync("GET", $"jobs/{job["id"]}");
            if ((string)now["status"]! is "complete" or "failed" or "canceled")
            {
                return now;
            }

            try
            {
                await server.Log.WaitAsync(position, patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"The job did not end in 30 seconds: {now.ToJsonString()}");
            }
        }
    }

    private async Task<JsonNode> CreateAsync(int steps, string? trigger = "immediate", SpacesServer? server = null)
    {
        var body = new JsonObject
        {
            ["type"] = "space", ["operation"] = "stepped", ["source"] = _space, ["trigger"] = trigger,
            ["config"] = new JsonObject { ["steps"] = steps, ["weight"] = 1 },
        };
        return await (server ?? _server).DataAsync("POST", "jobs", body.ToJsonString());
    }

    private async Task<int> DoneAsync(SpacesServer server)
    {
        var space = await server.SpaceFolderAsync(_space);
        return await space.ReadAsync(read => (int?)read.Space["done"] ?? 0, CancellationToken.None);
    }

    /// <summary>Databases with their write-ahead logs, taken while the server runs and nothing writes.</summary>
    private static void CopyAsACrashLeavesIt(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(from, file);
            if (name != "lock" && !name.EndsWith("-shm", StringComparison.Ordinal))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, name))!);
                File.Copy(file, Path.Combine(to, name));
            }
        }
    }
}
