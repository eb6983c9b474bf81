using System.Text;
using System.Text.Json;
using Flatfile.Agent;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Offline;
using Flatfile.Agent.Core.Recording;
using Flatfile.Api;

namespace Core.Tests.Offline;

public sealed class OfflineReplayTests
{
    [Fact]
    public async Task WhatWasReadIsReadAgainByteForByteWithoutANetwork()
    {
        await using var server = await RecordedServer.StartAsync();
        var bytes = new List<byte[]>();
        var names = new List<string?>();
        async Task Handle(FlatfileClient client)
        {
            using var copy = new MemoryStream();
            await using var download = await client.Files.DownloadAsync("us_fl_1");
            await download.CopyToAsync(copy);
            bytes.Add(copy.ToArray());
            var rows = await client.GetRelativeAsync("v1/sheets/us_sh_1/records?commitId=us_vr_1");
            names.Add(rows.GetProperty("records")[0].GetProperty("values").GetProperty("name").GetProperty("value").GetString());
            await client.GetRelativeAsync("v1/busy");
        }

        var run = await server.RecordAsync(Handle);
        var calls = server.Calls;
        var report = await RecordedServer.ReplayAsync(run, Handle);

        Assert.True(report.EndedWell, report.Fault?.Stack);
        Assert.Equal(calls, server.Calls);
        Assert.Equal(RecordedServer.Picture, bytes[1]);
        Assert.Equal(["Zoë 🦓", "Zoë 🦓"], names);
        Assert.Equal([200, 200, 429, 200], Calls(report).Select(c => c.Status));
        Assert.All(Calls(report), c => Assert.Equal(CallMatch.Same, c.Match));
    }

    [Fact]
    public async Task NoKeyIsInARecording()
    {
        await using var server = await RecordedServer.StartAsync();

        var run = await server.RecordAsync(async client =>
        {
            await client.GetRelativeAsync("v1/secrets?spaceId=us_sp_1");
            var space = await client.Spaces.GetAsync("us_sp_1");
            Assert.Equal("pk_secret", space.AccessToken);
            await client.PutRelativeAsync("v1/sheets/us_sh_1/records?token=abc", w => Write(w, """{"password":"letmein","name":"visible"}"""));
        });

        var text = await File.ReadAllTextAsync(run.Path);
        Assert.All((string[])["hunter2", "pk_secret", "token=abc", "letmein", "sk_do_not_record"], secret => Assert.DoesNotContain(secret, text));
        Assert.Contains("visible", text);
        Assert.Contains("Parcels", text);
    }

    [Fact]
    public async Task AChangedWriteIsShownWhereItDiffers()
    {
        await using var server = await RecordedServer.StartAsync();
        Func<FlatfileClient, Task> Write(string kilograms) => client => client.PutRelativeAsync(
            "v1/sheets/us_sh_1/records", w => OfflineReplayTests.Write(w, """[{"id":"us_rc_1","values":{"kilograms":{"value":"KG","messages":[{"type":"error","message":"too heavy"}]}}}]""".Replace("KG", kilograms, StringComparison.Ordinal)));

        var run = await server.RecordAsync(Write("2"));
        var report = await RecordedServer.ReplayAsync(run, Write("3"));

        var call = Assert.Single(Calls(report));
        Assert.Equal((CallMatch.Differs, (int?)200), (call.Match, call.Status));
        Assert.Equal(["[0].values.kilograms.value: \"2\" → \"3\""], call.Differences);
        Assert.Equal(["1 row", "us_rc_1 kilograms = \"3\"", "us_rc_1 kilograms: error: too heavy"], call.Wrote);
    }

    [Fact]
    public async Task AReadThatWasNotRecordedFailsAndNamesTheNearest()
    {
        await using var server = await RecordedServer.StartAsync();

        var run = await server.RecordAsync(client => client.GetRelativeAsync("v1/sheets/us_sh_1/records"));
        var report = await RecordedServer.ReplayAsync(run, client => client.GetRelativeAsync("v1/sheets/us_sh_2/records"));

        Assert.Equal(typeof(NotRecordedException).FullName, report.Fault!.Type);
        Assert.Equal(
            "GET v1/sheets/us_sh_2/records is not in the recording. The run that was recorded did not make it before it ended. "
            + "The nearest recorded call is GET v1/sheets/us_sh_1/records. Run this handler against a server and record it there, with Agent:Recording:Keep set to All.",
            report.Fault.Message);
        Assert.Equal(CallMatch.Missing, Assert.Single(Calls(report)).Match);
    }

    [Fact]
    public async Task AWriteThatIsNotMadeAnyMoreAndOneThatIsNewAreSaid()
    {
        await using var server = await RecordedServer.StartAsync();
        static Func<FlatfileClient, Task> Put(string sheet) => client => client.PutRelativeAsync($"v1/sheets/{sheet}/records", w => Write(w, "[]"));

        var run = await server.RecordAsync(Put("us_sh_1"));
        var report = await RecordedServer.ReplayAsync(run, Put("us_sh_2"));

        Assert.True(report.EndedWell);
        Assert.Equal(CallMatch.New, Assert.Single(Calls(report)).Match);
        Assert.Equal(["PUT v1/sheets/us_sh_1/records"], report.NotMade);
    }

    [Fact]
    public async Task WhatWasTooLargeToKeepIsSaidWhenItIsAskedFor()
    {
        await using var server = await RecordedServer.StartAsync();
        static async Task Handle(FlatfileClient client)
        {
            await using var download = await client.Files.DownloadAsync("us_fl_1");
            await download.CopyToAsync(Stream.Null);
        }

        var run = await server.RecordAsync(Handle, o => o.MaxBytesEach = 40_000);
        var report = await RecordedServer.ReplayAsync(run, Handle);

        Assert.True(new FileInfo(run.Path).Length < 60_000, "a recording stays near its limit");
        Assert.Equal(typeof(NotRecordedException).FullName, report.Fault!.Type);
        Assert.Contains("Agent:Recording:MaxBytesEach", report.Fault.Message);
    }

    [Fact]
    public async Task AFaultOfTheHandlerIsTheSameOfflineAsItWasThen()
    {
        await using var server = await RecordedServer.StartAsync();
        static Task Fail(FlatfileClient client) => throw new FormatException("heavy");

        var run = await server.RecordAsync(Fail);

        Assert.True((await RecordedServer.ReplayAsync(run, Fail)).IsFaultOf(run));
        Assert.False((await RecordedServer.ReplayAsync(run, _ => throw new FormatException("light"))).IsFaultOf(run));
    }

    [Fact]
    public async Task AJobHandlerFindsItsCheckpointAndItsWayIsSeen()
    {
        await using var server = await RecordedServer.StartAsync();
        var run = await server.RecordAsync(_ => Task.CompletedTask, checkpoint: Encoding.UTF8.GetBytes("7"), jobId: "us_jb_1");

        var report = await RecordedServer.ReplayAsAsync(run, _ => HandlerBinding.ForJobs("test/handler", "Test", "test", [], _ => new Counting()));

        Assert.True(report.EndedWell, report.Fault?.Stack);
        Assert.Equal([new OfflineStep.Reported(70, "us_jb_1"), new OfflineStep.Saved("8")], report.Steps);
        Assert.Equal("Counted to 8.", JsonDocument.Parse(report.Outcome!).RootElement.GetProperty("end").GetProperty("outcome").GetProperty("message").GetString());
    }

    [Fact]
    public async Task AFileThatIsNoRecordingIsRefused()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "{\"id\":\"us_evt_1\"}\n");
            await Assert.ThrowsAsync<UnreadableRecordingException>(() => RecordedRun.ReadAsync(file, CancellationToken.None));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static IEnumerable<ReplayedCall> Calls(OfflineReport report) => report.Steps.OfType<OfflineStep.Called>().Select(c => c.Call);

    private static void Write(Utf8JsonWriter writer, string json) => writer.WriteRawValue(json);

    private sealed class Counting : IJobHandler
    {
        public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
        {
            var count = await context.ResumeAsync<int>(cancellationToken);
            context.Report(count * 10, context.JobId);
            await context.CheckpointAsync(count + 1, cancellationToken);
            return new JobResult($"Counted to {count + 1}.");
        }
    }
}
