using System.Diagnostics;
using System.Text.Json;
using Contracts.Services;
using Flow.Tests.Support;

namespace Flow.Tests;

/// <summary>Two agents share a PostgreSQL store; the one that runs a large extraction goes away, and the other one goes on with it.</summary>
public sealed class HandoverTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const int Rows = 400_000;

    private readonly TempFolder _data = new();
    private AgentProcess _server = null!;
    private SpacesProbe _probe = null!;
    private Dictionary<string, string> _environment = null!;

    public async Task InitializeAsync()
    {
        if (PostgresCluster.Missing is not null)
        {
            return;
        }

        _server = AgentProcess.Start(new Dictionary<string, string> { ["Agent__HandlersOff__0"] = "flatfile/*" }, "serve", "--data", Path.Combine(_data.Path, "server"), "--port", "0");
        _probe = await SpacesProbe.OpenAsync(Path.Combine(_data.Path, "server"), _server, TimeSpan.FromSeconds(60));
        _environment = new Dictionary<string, string>
        {
            ["FLATFILE_API_URL"] = _probe.Address.ToString(),
            ["FLATFILE_API_KEY"] = _probe.Key,
            ["Agent__Driver"] = "SpacesStream",
            ["Agent__Store__Kind"] = "PostgreSql",
            ["Agent__Store__ConnectionString"] = postgres.Cluster.ConnectionString(await postgres.Cluster.CreateDatabaseAsync()),
            ["Agent__Jobs__Lease"] = "00:00:05",
            ["Agent__Jobs__ReconcileEvery"] = "00:00:02",
            ["Agent__ShutdownGrace"] = "00:00:05",
        };
        await File.WriteAllLinesAsync(Path.Combine(_data.Path, "numbers.csv"), Enumerable.Range(1, Rows).Select(i => $"{i},row number {i}").Prepend("n,text"));
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            _probe.Dispose();
            await _server.DisposeAsync();
        }

        _data.Dispose();
    }

    [PostgresFact]
    [Trait("Row", "J-16")]
    public async Task AfterSigtermTheOtherOneGoesOnWithinTenSecondsAndNothingIsDoneTwice()
    {
        await using var import = StartImport();
        await using var one = StartAgent("one");
        var before = await RunningAsync(one);
        await using var other = StartAgent("other");
        await ReadyAsync(other);
        await one.SignalAsync("TERM");
        await one.WaitForExitAsync(TimeSpan.FromSeconds(30));
        var took = await ProgressAfterAsync(before.JobId, other);

        Assert.True(took < TimeSpan.FromSeconds(10), $"It took {took}.");
        await EndsWellAsync(import, other);
    }

    [PostgresFact]
    [Trait("Row", "J-18")]
    public async Task KilledASecondAfterSigtermTheOtherOneGoesOnWithinTenSeconds()
    {
        await using var import = StartImport();
        await using var one = StartAgent("one");
        var before = await RunningAsync(one);
        await using var other = StartAgent("other");
        await ReadyAsync(other);
        await one.SignalAsync("TERM");
        await Task.WhenAny(one.WaitForExitAsync(TimeSpan.FromMinutes(1)), Task.Delay(1_000));
        await one.KillAsync();
        var took = await ProgressAfterAsync(before.JobId, other);

        Assert.True(took < TimeSpan.FromSeconds(10), $"It took {took}.");
        await EndsWellAsync(import, other);
    }

    [PostgresFact]
    [Trait("Row", "J-19")]
    public async Task PausedForLongerThanItsLeaseItWritesNothingMoreWhenItWakes()
    {
        await using var import = StartImport();
        await using var one = StartAgent("one");
        var before = await RunningAsync(one);
        await using var other = StartAgent("other");
        await ReadyAsync(other);
        await one.SignalAsync("STOP");
        var stopped = Stopwatch.GetTimestamp();
        await ProgressAfterAsync(before.JobId, other);

        // It wakes while the other one is still at work, or has just ended.
        await one.SignalAsync("CONT");
        Assert.True(Stopwatch.GetElapsedTime(stopped) > TimeSpan.FromSeconds(5));
        await EndsWellAsync(import, other);
    }

    private AgentProcess StartImport() => AgentProcess.Start(
        "import", Path.Combine(_data.Path, "numbers.csv"), "--json", "--to", _probe.Address.ToString(), "--key", _probe.Key);

    private AgentProcess StartAgent(string name) => AgentProcess.Start(_environment, "serve", "--data", Path.Combine(_data.Path, name), "--port", "0");

    private static Task ReadyAsync(AgentProcess agent) => Eventually.Async(
        () => Task.FromResult(agent.Output.Contains("SpacesStream", StringComparison.Ordinal)), TimeSpan.FromSeconds(60), () => $"the agent to run\n{agent.Errors}{agent.Output}");

    private async Task<(string JobId, double Progress)> RunningAsync(AgentProcess agent)
    {
        (string Id, double Progress)? found = null;
        await Eventually.Async(
            async () => (found = await ExtractionAsync()) is { Progress: > 5 }, TimeSpan.FromSeconds(90), () => $"the extraction to run\n{agent.Errors}");
        return found!.Value;
    }

    private async Task<TimeSpan> ProgressAfterAsync(string jobId, AgentProcess agent)
    {
        var (begun, before) = (Stopwatch.GetTimestamp(), (await _probe.GetAsync($"jobs/{jobId}")).GetProperty("updatedAt").GetString());
        await Eventually.Async(
            async () => (await _probe.GetAsync($"jobs/{jobId}")).GetProperty("updatedAt").GetString() != before, TimeSpan.FromSeconds(60), () => $"the other agent to go on\n{agent.Errors}");
        return Stopwatch.GetElapsedTime(begun);
    }

    private async Task<(string Id, double Progress)?> ExtractionAsync()
    {
        var jobs = await _probe.TryGetAsync("jobs?pageSize=100");
        var job = jobs?.EnumerateArray().FirstOrDefault(j => j.GetProperty("operation").GetString() == "extract");
        return job is { ValueKind: JsonValueKind.Object } found ? (found.GetProperty("id").GetString()!, found.GetProperty("progress").GetDouble()) : null;
    }

    private async Task EndsWellAsync(AgentProcess import, AgentProcess agent)
    {
        var exit = await import.WaitForExitAsync(TimeSpan.FromMinutes(3));
        Assert.True(exit == 0, $"exit {exit}\n{import.Errors}\n{import.Output}\n{agent.Errors}");
        using var result = JsonDocument.Parse(import.Output);
        var file = Assert.Single(result.RootElement.GetProperty("files").EnumerateArray().ToList());
        Assert.Equal(Rows, file.GetProperty("rowsWritten").GetInt32());
        var extraction = (await ExtractionAsync())!.Value.Id;
        var sheet = (await _probe.GetAsync($"jobs/{extraction}")).GetProperty("outcome").GetProperty("sheetId").GetString();
        Assert.Equal(Rows, (await _probe.GetAsync($"sheets/{sheet}/counts")).GetProperty("counts").GetProperty("total").GetInt32());
        var space = result.RootElement.GetProperty("spaceId").GetString();
        var ends = (await _probe.GetAsync($"events?spaceId={space}&includeAcknowledged=true&pageSize=1000")).EnumerateArray()
            .Count(e => e.GetProperty("topic").GetString() == "job:completed" && e.GetProperty("context").GetProperty("jobId").GetString() == extraction);
        Assert.Equal(1, ends);
    }
}
