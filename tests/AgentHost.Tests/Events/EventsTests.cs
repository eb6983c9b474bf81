using System.Text.Json;
using AgentHost.Tests.Recordings;
using AgentHost.Tests.Support;

namespace AgentHost.Tests.Events;

/// <summary>Events followed, explained and sent again, against a server whose hook gives up on a commit.</summary>
public sealed class EventsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EventsAreFollowedExplainedAndSentAgainOnlyToAHandlerThatIsNamed()
    {
        ParcelsWorld.Install("Shipping", _folder["plugins"]);
        await using var served = await ServedFolder.StartAsync(_folder, ParcelsWorld.Settings(_folder));
        await ParcelsWorld.AddParcelsAsync(served.Client, "heavy");
        await FailedRuns.UntilAsync(_folder["data"], atLeast: 2);

        await using (var tail = HostProgram.Start(_folder.Path, ["events", "tail", "--topic", "commit:*", "--since", "1h", "--json", "--save", "events.jsonl"], ParcelsWorld.Settings(_folder)))
        {
            await FailedRuns.WaitAsync(() => Task.FromResult(tail.Output.Contains("commit:created", StringComparison.Ordinal)), "the event to be printed");
            tail.Signal("INT");
            Assert.Equal(0, (await tail.EndAsync()).ExitCode);
            var line = JsonDocument.Parse(tail.Output.Split('\n')[0]).RootElement;
            Assert.Contains("flatfile/record-hooks", line.GetProperty("handlers").EnumerateArray().Select(h => h.GetString()));
        }

        var id = JsonDocument.Parse((await File.ReadAllLinesAsync(_folder["events.jsonl"]))[0]).RootElement.GetProperty("id").GetString()!;
        var explained = await RunAsync("explain", "--event", id);
        Assert.Contains("HIT   flatfile/record-hooks", explained.Output);
        Assert.Contains("INBOX gave up on it: dead letter 1", explained.Output);

        var dry = await RunAsync("events", "replay", "events.jsonl", "--dry-run");
        Assert.Contains("skip  flatfile/record-hooks  it had the event already", dry.Output);
        Assert.Contains("0 runs of handlers would begin", dry.Output);

        var again = await RunAsync("events", "replay", "events.jsonl", "--handler", "flatfile/record-hooks", "--again");
        Assert.Contains("run   flatfile/record-hooks", again.Output);
        Assert.Contains("dead letter 2", (await RunAsync("explain", "--event", id)).Output);

        var unnamed = await HostProgram.RunAsync(_folder.Path, ["events", "replay", "events.jsonl", "--again"], ParcelsWorld.Settings(_folder));
        unnamed.IsRefusal(2, "--again needs --handler ID");
    }

    private async Task<HostResult> RunAsync(params string[] arguments)
    {
        var result = await HostProgram.RunAsync(_folder.Path, arguments, ParcelsWorld.Settings(_folder));
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        return result;
    }
}
