using System.Text.Json;
using Flow.Tests.Support;

namespace Flow.Tests;

/// <summary>The process is killed at each named place of a job's way, in the middle of a real import: the next start ends it with every row once.</summary>
public sealed class FailPointTests
{
    [Theory]
    [Trait("Row", "J-01")]
    [Trait("Row", "J-02")]
    [Trait("Row", "J-03")]
    [Trait("Row", "J-04")]
    [Trait("Row", "J-05")]
    [Trait("Row", "J-06")]
    [Trait("Row", "J-07")]
    [Trait("Row", "J-08")]
    [Trait("Row", "J-09")]
    [Trait("Row", "J-10")]
    [Trait("Row", "J-11")]
    [InlineData("job.ticket-stored:2", "regions.csv", 3_987)]
    [InlineData("job.fetched:2", "regions.csv", 3_987)]
    [InlineData("job.claimed:2", "regions.csv", 3_987)]
    [InlineData("job.acknowledged:2", "regions.csv", 3_987)]
    [InlineData("job.before-post:2", "regions.csv", 3_987)]
    [InlineData("job.after-post:1", "regions.csv", 3_987)]
    [InlineData("job.after-post:3", "navaids.csv", 11_008)]
    [InlineData("job.before-checkpoint:2", "regions.csv", 3_987)]
    [InlineData("job.after-checkpoint:2", "regions.csv", 3_987)]
    [InlineData("job.before-progress:1", "regions.csv", 3_987)]
    [InlineData("job.after-progress:1", "regions.csv", 3_987)]
    [InlineData("job.handler-returned:2", "regions.csv", 3_987)]
    [InlineData("job.before-complete:2", "regions.csv", 3_987)]
    [InlineData("job.after-complete:2", "regions.csv", 3_987)]
    [InlineData("job.ended:2", "regions.csv", 3_987)]
    [InlineData("job.before-checkpoint:1", "countries.csv", 249, 7)]
    public async Task AnImportKilledThereEndsWithTheNextStartAndEveryRowOnce(string place, string name, int rows, int times = 1)
    {
        using var data = new TempFolder();
        for (var time = 0; time < times; time++)
        {
            await using var first = Start(data, name, new Dictionary<string, string> { ["FLATFILE_AGENT_FAILPOINTS"] = place + ":kill" });
            var killed = await first.WaitForExitAsync(TimeSpan.FromMinutes(2));
            Assert.True(killed == 137, $"{place} was not met: exit {killed}\n{first.Errors}");
        }

        await using var second = Start(data, name, new Dictionary<string, string>());
        var exit = await second.WaitForExitAsync(TimeSpan.FromMinutes(2));
        Assert.True(exit == 0, $"exit {exit}\n{second.Errors}\n{second.Output}");
        using var result = JsonDocument.Parse(second.Output);
        var file = Assert.Single(result.RootElement.GetProperty("files").EnumerateArray().ToList());
        Assert.Equal((rows, rows), (file.GetProperty("rowsRead").GetInt32(), file.GetProperty("rowsWritten").GetInt32()));
        await using var server = AgentProcess.Start("serve", "--data", data.Path, "--port", "0");
        using var probe = await SpacesProbe.OpenAsync(data.Path, server, TimeSpan.FromSeconds(30));
        var differences = await AirportSheets.CompareAsync(probe, file.GetProperty("sheetId").GetString()!, name);
        Assert.True(differences.Count == 0, string.Join("; ", differences.Take(5)));
        var space = result.RootElement.GetProperty("spaceId").GetString();
        var jobs = (await probe.GetAsync($"jobs?spaceId={space}&pageSize=100")).EnumerateArray().ToList();
        Assert.All(jobs, job => Assert.Equal("complete", job.GetProperty("status").GetString()));
        var ends = (await probe.GetAsync($"events?spaceId={space}&topic=job:completed&includeAcknowledged=true&pageSize=100")).EnumerateArray()
            .Where(e => e.GetProperty("topic").GetString() == "job:completed").Select(e => e.GetProperty("context").GetProperty("jobId").GetString()).ToList();
        Assert.Equal(ends.Distinct().Count(), ends.Count);
    }

    private static AgentProcess Start(TempFolder data, string name, Dictionary<string, string> environment) =>
        AgentProcess.Start(environment, "import", Path.Combine(Repository.AirportData, name), "--space", "Airports", "--json", "--data", data.Path);
}
