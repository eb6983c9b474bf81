using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Recording;
using Flatfile.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Core.Tests.Recording;

/// <summary>What stays of a run on disk, over a real agent and real HTTP.</summary>
public sealed class RecordingTests
{
    [Fact]
    public async Task AFailedTryLeavesItsEventCallsAndFault()
    {
        await using var world = await World.CreateAsync();
        var ended = new Signal("the handler to fail");
        world.OnEvent("test/fails", async (_, services, token) =>
        {
            await services.GetRequiredService<FlatfileClient>().Events.AckAsync("us_evt_seen", token);
            ended.Set();
            throw new FormatException("heavy is no number");
        });
        await using var agent = await AgentProcess.StartAsync(world, configure: o => o.Events.MaxAttempts = 1);
        world.PublishEvent("us_evt_1");
        await ended.WaitAsync();
        await agent.StopAsync();

        var run = await new RecordingLibrary(world.Folder.Path).FindAsync("us_evt_1", null, null, CancellationToken.None);

        Assert.NotNull(run);
        Assert.Equal(("test/fails", 1, "failed", "System.FormatException"), (run.Facts.HandlerId, run.Facts.Attempt, run.End, run.Fault!.Type));
        Assert.Equal("us_evt_1", run.Facts.Event.Id);
        var call = Assert.Single(run.Calls);
        Assert.Equal(("POST", "v1/events/us_evt_seen/ack", (int?)200, false), (call.Method, call.Path, call.Status, call.IsCut));
        Assert.Contains("success", System.Text.Encoding.UTF8.GetString(call.Body));
        var text = await File.ReadAllTextAsync(run.Path);
        Assert.DoesNotContain("sk_", text);
        Assert.DoesNotContain("uthorization", text);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(run.Path));
        }
    }

    [Theory]
    [InlineData(KeepRecordings.Off, 0)]
    [InlineData(KeepRecordings.Failures, 0)]
    [InlineData(KeepRecordings.All, 1)]
    public async Task ARunThatEndedWellIsKeptOnlyWhenAllAre(KeepRecordings keep, int files)
    {
        await using var world = await World.CreateAsync();
        var ended = new Signal("the handler to end");
        world.OnEvent("test/works", async (_, services, token) =>
        {
            await services.GetRequiredService<FlatfileClient>().Events.AckAsync("us_evt_seen", token);
            Assert.Equal(keep == KeepRecordings.Off ? 0 : 1, Files(world).Length);
            ended.Set();
        });
        await using var agent = await AgentProcess.StartAsync(world, configure: o => o.Recording.Keep = keep);
        world.PublishEvent("us_evt_1");
        await ended.WaitAsync();
        await agent.StopAsync();

        Assert.Equal(files, Files(world).Length);
        Assert.Equal(files == 1 ? "done" : null, (await new RecordingLibrary(world.Folder.Path).FindAsync("us_evt_1", null, null, CancellationToken.None))?.End);
    }

    [Fact]
    public async Task AJobsRunIsRecordedWithTheCheckpointItFoundAndWithoutTheAgentsOwnCalls()
    {
        await using var world = await World.CreateAsync();
        world.OnJob("test/job", async (context, services, token) =>
        {
            if (context.Attempt == 1)
            {
                await context.CheckpointAsync(new Position(7), token);
            }

            context.Report(30, "on the way");
            await services.GetRequiredService<FlatfileClient>().Events.AckAsync($"us_evt_run{context.Attempt}", token);
            throw new InvalidOperationException($"run {context.Attempt}");
        });
        await using var agent = await AgentProcess.StartAsync(world, configure: o => o.Jobs.MaxAttempts = 2);
        var job = world.PublishJob();
        await world.Flatfile.Ended.WaitForAsync(1);
        await agent.StopAsync();

        var run = await new RecordingLibrary(world.Folder.Path).FindAsync(null, job.Id, "test/job", CancellationToken.None);

        Assert.NotNull(run);
        Assert.Equal((2, "failed", "run 2"), (run.Facts.Attempt, run.End, run.Fault!.Message));
        Assert.Equal("""{"Last":7}""", System.Text.Encoding.UTF8.GetString(run.Facts.Checkpoint!.Value.Span));
        Assert.Equal(["v1/events/us_evt_run2/ack"], run.Calls.Select(c => c.Path));
    }

    [Fact]
    public async Task TheOldestGoWhenAllTogetherAreTooLarge()
    {
        await using var world = await World.CreateAsync();
        var failed = new Arrivals<string>("failed events");
        world.OnEvent("test/fails", (context, _) =>
        {
            failed.Add(context.Event.Id);
            throw new FormatException(new string('x', 4000));
        });
        await using var agent = await AgentProcess.StartAsync(world, configure: o =>
        {
            o.Events.MaxAttempts = 1;
            o.Recording.MaxBytes = 30_000;
        });
        for (var i = 0; i < 8; i++)
        {
            world.PublishEvent($"us_evt_{i}");
        }

        await failed.WaitForAsync(8);
        await agent.StopAsync();

        var kept = await new RecordingLibrary(world.Folder.Path).NewestAsync(100, CancellationToken.None);
        Assert.InRange(kept.Count, 1, 7);
        Assert.Equal("us_evt_7", kept[0].Facts.Event.Id);
        Assert.True(kept.Sum(k => new FileInfo(k.Path).Length) <= 30_000);
    }

    [Fact]
    public async Task ADiskThatCannotBeWrittenStopsNoRun()
    {
        await using var world = await World.CreateAsync();
        var ended = new Signal("the handler to end");
        world.OnEvent("test/works", async (_, services, token) =>
        {
            await services.GetRequiredService<FlatfileClient>().Events.AckAsync("us_evt_seen", token);
            ended.Set();
        });
        await File.WriteAllTextAsync(RecordingLibrary.FolderIn(world.Folder.Path), "a file where the folder should be");
        await using var agent = await AgentProcess.StartAsync(world);

        world.PublishEvent("us_evt_1");

        await ended.WaitAsync();
        await agent.StopAsync();
        Assert.Equal(1, world.Flatfile.Effects);
        Assert.Contains(agent.Log.Lines, l => l.Text.Contains("A run could not be recorded", StringComparison.Ordinal));
    }

    private static string[] Files(World world) =>
        Directory.Exists(RecordingLibrary.FolderIn(world.Folder.Path)) ? Directory.GetFiles(RecordingLibrary.FolderIn(world.Folder.Path)) : [];

    private sealed record Position(int Last);
}
