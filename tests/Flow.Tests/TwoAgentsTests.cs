using System.Text.Json;
using Flow.Tests.Support;

namespace Flow.Tests;

/// <summary>A second agent that polls a server which has one of its own: both see every event, and nothing is done twice.</summary>
public sealed class TwoAgentsTests
{
    [Fact]
    public async Task AnAgentThatPollsAndTheServersOwnLeaveEveryRowOnce()
    {
        using var data = new TempFolder();
        await using var server = AgentProcess.Start("serve", "--data", Path.Combine(data.Path, "server"), "--port", "0");
        using var probe = await SpacesProbe.OpenAsync(Path.Combine(data.Path, "server"), server, TimeSpan.FromSeconds(30));
        var environment = new Dictionary<string, string> { ["FLATFILE_API_URL"] = probe.Address.ToString(), ["FLATFILE_API_KEY"] = probe.Key };
        await using var polling = AgentProcess.Start(environment, "serve", "--data", Path.Combine(data.Path, "agent"), "--port", "0");
        await Eventually.Async(() => Task.FromResult(polling.Output.Contains("Polling", StringComparison.Ordinal)), TimeSpan.FromSeconds(30), () => $"the polling agent to run\n{polling.Errors}");

        await using var import = AgentProcess.Start(
            "import", Path.Combine(Repository.AirportData, "countries.csv"), Path.Combine(Repository.AirportData, "regions.csv"), "--json",
            "--to", probe.Address.ToString(), "--key", probe.Key);
        var exit = await import.WaitForExitAsync(TimeSpan.FromMinutes(2));

        Assert.True(exit == 0, $"exit {exit}\n{import.Errors}\n{import.Output}");
        Assert.False(polling.HasExited, polling.Errors);
        using var result = JsonDocument.Parse(import.Output);
        foreach (var file in result.RootElement.GetProperty("files").EnumerateArray())
        {
            var differences = await AirportSheets.CompareAsync(probe, file.GetProperty("sheetId").GetString()!, Path.GetFileName(file.GetProperty("file").GetString()!));
            Assert.True(differences.Count == 0, string.Join("; ", differences.Take(5)));
        }

        // The polling agent acknowledges what it handled: it took part.
        var space = result.RootElement.GetProperty("spaceId").GetString();
        await Eventually.Async(
            async () => (await probe.GetAsync($"events?spaceId={space}&includeAcknowledged=true&pageSize=1000")).EnumerateArray()
                .Any(e => e.GetProperty("acknowledgedAt").ValueKind == JsonValueKind.String),
            TimeSpan.FromSeconds(30), () => $"an event acknowledged by the polling agent\n{polling.Errors}");

        var jobs = await probe.GetAsync($"jobs?spaceId={space}&pageSize=100");
        Assert.Equal(5, jobs.GetArrayLength());
        Assert.All(jobs.EnumerateArray(), job => Assert.Equal("complete", job.GetProperty("status").GetString()));
    }
}
