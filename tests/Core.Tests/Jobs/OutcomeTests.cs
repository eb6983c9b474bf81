using System.Text.Json.Nodes;
using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Api;

namespace Core.Tests.Jobs;

/// <summary>What can follow a job: built, accepted by the real server, and read back as it was meant.</summary>
public sealed class OutcomeTests : IAsyncLifetime
{
    private SpacesWorld _world = null!;

    public static TheoryData<string, string> Followers => new()
    {
        { "goto", """{"type":"id","id":"us_sh_1","path":"files","query":"mode=export","label":"Show"}""" },
        { "open", """{"type":"url","url":"https://example.com/report","label":"Report"}""" },
        { "download", """{"type":"download","url":"/v1/files/us_fl_1/download","fileName":"a.csv","label":"Get it"}""" },
        { "files", """{"type":"files","files":[{"fileId":"us_fl_1"},{"fileId":"us_fl_2","label":"Second"}],"label":"All"}""" },
        { "file", """{"type":"files","files":[{"fileId":"us_fl_1"}]}""" },
        { "wait", """{"type":"wait","fade":true,"confetti":true}""" },
        { "snapshot", """{"type":"snapshot","snapshotId":"us_ss_1","sheetId":"us_sh_1"}""" },
        { "retry", """{"type":"retry","label":"Again"}""" },
        { "view", """{"type":"view","sheetId":"us_sh_1","hiddenColumns":["a","b"],"label":"Look"}""" },
        { "clear", """{"type":"clearFilters","sheetIds":["us_sh_1"],"label":"All rows"}""" },
    };

    public async Task InitializeAsync() => _world = await SpacesWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(Followers))]
    public async Task Every_kind_is_built_and_taken_by_the_server(string kind, string next)
    {
        _world.OnJob("space:end", (_, _, _) => Task.FromResult(Follow(new JobResult("done") { Trigger = OutcomeTrigger.AutomaticSilent, Audience = OutcomeAudience.All, ButtonText = "OK", HideDefaultButton = true }, kind)));
        var job = await _world.StartJobAsync("space:end");
        await using var agent = await SpacesAgent.StartAsync(_world);
        var end = await _world.EndOfAsync(job.Id);

        Assert.Equal(JobStatus.Complete, end.Status);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(next), end.Outcome!["next"]), end.Outcome.ToJsonString());
        Assert.Equal("""{"type":"automatic_silent","audience":"all"}""", end.Outcome["trigger"]!.ToJsonString());
        Assert.Equal(("OK", true), ((string)end.Outcome["buttonText"]!, (bool)end.Outcome["hideDefaultButton"]!));
    }

    [Fact]
    public void What_cannot_follow_is_refused_where_it_is_written()
    {
        var result = new JobResult("done");

        Assert.Contains("slash", Assert.Throws<ArgumentException>(() => result.ThenOpen("javascript:alert(1)")).Message, StringComparison.Ordinal);
        Assert.Contains("https://", Assert.Throws<ArgumentException>(() => result.ThenDownload("//elsewhere/file")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => result.ThenFiles([]));
        Assert.Throws<ArgumentException>(() => result.ThenFile(" "));
        Assert.Throws<ArgumentException>(() => result.ThenGoTo(""));
        Assert.Contains("one thing", Assert.Throws<InvalidOperationException>(() => result.ThenWait().ThenRetry()).Message, StringComparison.Ordinal);
    }

    private static JobResult Follow(JobResult result, string kind) => kind switch
    {
        "goto" => result.ThenGoTo("us_sh_1", "files", "mode=export", "Show"),
        "open" => result.ThenOpen("https://example.com/report", "Report"),
        "download" => result.ThenDownload("/v1/files/us_fl_1/download", "a.csv", "Get it"),
        "files" => result.ThenFiles([new OutcomeFile("us_fl_1"), new OutcomeFile("us_fl_2", "Second")], "All"),
        "file" => result.ThenFile("us_fl_1"),
        "wait" => result.ThenWait(fade: true, confetti: true),
        "snapshot" => result.ThenSnapshot("us_ss_1", "us_sh_1"),
        "retry" => result.ThenRetry("Again"),
        "view" => result.ThenView("us_sh_1", ["a", "b"], "Look"),
        _ => result.ThenClearFilters(["us_sh_1"], "All rows"),
    };
}
