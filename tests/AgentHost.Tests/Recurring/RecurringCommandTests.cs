using System.Text.Json.Nodes;
using AgentHost.Tests.Support;
using Flatfile.Api;

namespace AgentHost.Tests.Recurring;

/// <summary>Recurring work is seen and steered from the command line and over the operator's endpoint; the cleanup does from outside what it promises.</summary>
public sealed class RecurringCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheWorkOfThePageIsTheOneThatIsCompiledHere()
    {
        var source = File.ReadAllText(Repository.Path("tests", "AgentHost.Tests", "Recurring", "NightlyCount.cs"));
        var snippet = source.Split("// snippet\n")[1].Split("// end")[0];

        Assert.Contains("```csharp\n" + snippet + "```", File.ReadAllText(Repository.Path("docs", "recurring.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WorkIsListedPausedResumedAndRunNow()
    {
        await using var agent = await ServedFolder.StartAsync(_folder);
        using var open = new OperatorClient(agent.Url, agent.OperatorKey);
        Assert.Equal(["cleanup", "monitoring"], (await open.GetAsync("recurring"))!.AsArray().Select(w => (string)w!["id"]!));

        Assert.Equal(0, (await RunAsync("pause", "cleanup")).ExitCode);
        Assert.Matches(@"cleanup\s*\|.*\|\s*paused", (await RunAsync("list")).Output);
        Assert.Equal(0, (await RunAsync("resume", "cleanup")).ExitCode);
        var run = await RunAsync("run", "monitoring");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("0 spaces looked at", run.Output, StringComparison.Ordinal);
        Assert.Contains("asked", (await RunAsync("runs", "monitoring")).Output, StringComparison.Ordinal);

        (await RunAsync("pause", "nothing")).Says(1, "Known: cleanup, monitoring");
        Assert.Equal(404, (await open.SendAsync(HttpMethod.Get, "recurring/runs/4711")).Status);
        Assert.Equal(400, (await open.SendAsync(HttpMethod.Post, "recurring/run", "{}")).Status);
        Assert.Equal(404, (await open.SendAsync(HttpMethod.Post, "recurring/run", """{"id":"nothing"}""")).Status);
    }

    [Fact]
    public async Task APreviewChangesNothingAndARunExportsBeforeItDeletes()
    {
        await using var agent = await ServedFolder.StartAsync(_folder, ("Agent__Cleanup__UntouchedFor", "00:00:01"));
        var space = await agent.Client.Spaces.CreateAsync(new SpaceConfig { Name = "Old" });
        var held = await agent.Client.Spaces.CreateAsync(new SpaceConfig { Name = "Held", Labels = ["hold"] });
        foreach (var one in (Space[])[space, held])
        {
            await agent.Client.Spaces.UpdateAsync(one.Id, new SpaceConfig { Status = SpaceStatus.Completed });
        }

        HostResult preview;
        do
        {
            preview = await HostProgram.RunAsync(_folder.Path, ["cleanup", "preview"]);
        }
        while (preview.ExitCode == 0 && preview.Output.Contains("0 spaces would", StringComparison.Ordinal));
        Assert.Matches($@"{space.Id}\s*\|\s*Old\s*\|\s*would go", preview.Output);
        Assert.Matches($@"{held.Id}\s*\|\s*Held\s*\|\s*stays", preview.Output);
        Assert.Equal(space.Id, (await agent.Client.Spaces.GetAsync(space.Id)).Id);

        var run = await HostProgram.RunAsync(_folder.Path, ["cleanup", "run"]);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("1 space exported and deleted", run.Output, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FlatfileApiException>(() => agent.Client.Spaces.GetAsync(space.Id));
        Assert.Equal(held.Id, (await agent.Client.Spaces.GetAsync(held.Id)).Id);
        var file = Path.Combine(_folder["data"], "agent", "recurring", "cleanup", "exports", space.Id + ".zip");
        Assert.True(File.Exists(file) && File.Exists(file + ".json"), run.Output);
        Assert.Equal(space.Id, (string)JsonNode.Parse(await File.ReadAllTextAsync(file + ".json"))!["spaceId"]!);
        Assert.Equal(0, (await HostProgram.RunAsync(_folder.Path, ["spaces", "import", file])).ExitCode);
    }

    [Fact]
    public async Task SettingsThatCannotBeMeantAreRefusedAtTheStart() =>
        (await HostProgram.RunAsync(
            _folder.Path, ["serve", "--port", "0"], ("Agent__Recurring__cleanup__Cron", "whenever"), ("Agent__Cleanup__MaxPerRun", "0")))
        .Says(2, "'whenever' is no cron expression");

    private Task<HostResult> RunAsync(params string[] arguments) => HostProgram.RunAsync(_folder.Path, ["recurring", .. arguments]);
}
