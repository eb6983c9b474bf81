using AgentHost.Tests.Support;

namespace AgentHost.Tests.Explaining;

public sealed class ExplainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheShippedHandlerOfAJobMatchesAndTheOthersSayWhyNot()
    {
        await File.WriteAllTextAsync(_folder["event.json"],
            """{"id":"us_evt_1","topic":"job:ready","domain":"job","context":{"spaceId":"us_sp_1"},"payload":{"job":"space:configure"}}""");

        var result = await HostProgram.RunAsync(_folder.Path, ["explain", "event.json"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("HIT   flatfile/configure-space (job handler of Flatfile.Agent.Handlers)", result.Output);
        Assert.Contains("""MISS filter job = "workbook:submit": the event has payload.job = "space:configure""", result.Output);
        Assert.DoesNotContain("REFUSED", result.Output);
        Assert.False(Directory.Exists(_folder["data"]), "explaining makes nothing on disk");
    }
}
