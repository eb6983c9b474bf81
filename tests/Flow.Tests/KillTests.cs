using System.Text.Json;
using Flow.Tests.Support;
using Xunit.Abstractions;

namespace Flow.Tests;

/// <summary>kill -9 in the middle of an import, again and again: it ends by itself with the same rows.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private static readonly string[] Files = ["countries.csv", "regions.csv", "navaids.csv", "runways.csv"];
    private static readonly int[] Rows = [249, 3_987, 11_008, 48_184];

    /// <summary>The phases at which the process dies, in the order of an import. Each is seen from outside, through the server's own answers.</summary>
    private static readonly (string Name, Func<SpacesProbe, Task<bool>> Reached)[] Phases =
    [
        ("the server has just started", _ => Task.FromResult(true)),
        ("the space is being configured", probe => AnyJobAsync(probe, "configure", _ => true)),
        ("the first file is there", probe => AnyJobAsync(probe, "extract", _ => true)),
        ("an extraction runs", probe => AnyJobAsync(probe, "extract", j => Status(j) == "executing")),
        ("the second extraction is done", probe => AtLeastAsync(probe, "extract", "complete", 2)),
        ("the largest file is half extracted", probe => PartlyAsync(probe, ofFile: true)),
        ("the fourth extraction is done", probe => AtLeastAsync(probe, "extract", "complete", 4)),
        ("a mapping runs", probe => AnyJobAsync(probe, "automap", j => Status(j) == "executing")),
        ("the second mapping is done", probe => AtLeastAsync(probe, "automap", "complete", 2)),
        ("the largest file is half mapped", probe => PartlyAsync(probe, ofFile: false)),
    ];

    [Fact]
    [Trait("Row", "E-29")]
    public async Task AnImportKilledInTenPhasesEndsByItselfWithEveryRowOnce()
    {
        using var data = new TempFolder();
        var hits = new List<string>();
        foreach (var (name, reached) in Phases)
        {
            await using var import = Start(data);
            if (await KilledAtAsync(import, data.Path, reached))
            {
                hits.Add(name);
            }
        }

        output.WriteLine("killed when " + string.Join("; ", hits));
        Assert.True(hits.Count >= 9, $"only {hits.Count} phases were hit: {string.Join(", ", hits)}");
        await FinishAndCheckAsync(data);
    }

    [Theory]
    [Trait("Row", "E-29")]
    [InlineData(20261121)]
    public async Task AnImportKilledAtTenRandomMomentsEndsByItselfWithEveryRowOnce(int seed)
    {
        using var data = new TempFolder();
        var random = new Random(seed);
        for (var kill = 0; kill < 10; kill++)
        {
            await using var import = Start(data);
            using var moment = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(300, 2_500)));
            var ended = new TaskCompletionSource();
            await using var registration = moment.Token.Register(ended.SetResult);
            await ended.Task;
            await import.KillAsync();
        }

        await FinishAndCheckAsync(data);
    }

    private static AgentProcess Start(TempFolder data) =>
        AgentProcess.Start(["import", .. Files.Select(f => Path.Combine(Repository.AirportData, f)), "--space", "Airports", "--json", "--data", data.Path]);

    /// <returns>False when the import ended before the phase was seen.</returns>
    private static async Task<bool> KilledAtAsync(AgentProcess import, string dataFolder, Func<SpacesProbe, Task<bool>> reached)
    {
        SpacesProbe? probe = null;
        var hit = false;
        await Eventually.Async(async () =>
        {
            if (import.HasExited)
            {
                return true;
            }

            probe ??= SpacesProbe.TryOpen(dataFolder, import);
            hit = probe is not null && await probe.TryGetAsync("environments") is not null && await reached(probe);
            return hit;
        }, TimeSpan.FromMinutes(2), () => $"a phase of the import to kill it in\n{import.Errors}");
        await import.KillAsync();
        probe?.Dispose();
        return hit;
    }

    private static async Task FinishAndCheckAsync(TempFolder data)
    {
        await using var last = Start(data);
        var exit = await last.WaitForExitAsync(TimeSpan.FromMinutes(4));
        Assert.True(exit == 0, $"exit {exit}\n{last.Errors}\n{last.Output}");
        using var result = JsonDocument.Parse(last.Output);
        await using var server = AgentProcess.Start("serve", "--data", data.Path, "--port", "0");
        using var probe = await SpacesProbe.OpenAsync(data.Path, server, TimeSpan.FromSeconds(30));
        var answers = result.RootElement.GetProperty("files").EnumerateArray().ToList();
        Assert.Equal(4, answers.Count);
        for (var i = 0; i < Files.Length; i++)
        {
            Assert.Equal(Rows[i], answers[i].GetProperty("rowsRead").GetInt32());
            Assert.Equal(Rows[i], answers[i].GetProperty("rowsWritten").GetInt32());
            var differences = await AirportSheets.CompareAsync(probe, answers[i].GetProperty("sheetId").GetString()!, Files[i]);
            Assert.True(differences.Count == 0, $"{Files[i]}: {string.Join("; ", differences.Take(5))}");
        }

        var space = result.RootElement.GetProperty("spaceId").GetString();
        var jobs = await probe.GetAsync($"jobs?spaceId={space}&pageSize=1000");
        Assert.All(jobs.EnumerateArray(), job => Assert.Equal("complete", Status(job)));
        Assert.Equal(9, jobs.GetArrayLength());
        var files = await probe.GetAsync($"files?spaceId={space}&pageSize=1000");
        Assert.Equal(["export", "export", "export", "export", "import", "import", "import", "import"], files.EnumerateArray().Select(file => file.GetProperty("mode").GetString()).Order());
        Assert.Equal(1, (await probe.GetAsync("spaces?pageSize=1000")).GetArrayLength());
        Assert.Equal(5, (await probe.GetAsync($"workbooks?spaceId={space}")).GetArrayLength());
    }

    private static async Task<bool> AnyJobAsync(SpacesProbe probe, string operation, Func<JsonElement, bool> wanted) =>
        await JobsAsync(probe, operation) is { } jobs && jobs.Any(wanted);

    private static async Task<bool> AtLeastAsync(SpacesProbe probe, string operation, string status, int count) =>
        await JobsAsync(probe, operation) is { } jobs && jobs.Count(j => Status(j) == status) >= count;

    /// <summary>Some of the rows of runways.csv are in, not all: in the file's own sheet, or in the sheet that claims them.</summary>
    private static async Task<bool> PartlyAsync(SpacesProbe probe, bool ofFile)
    {
        var workbooks = await probe.TryGetAsync("workbooks");
        var sheet = workbooks?.EnumerateArray()
            .Where(w => w.GetProperty("labels").EnumerateArray().Any(l => l.GetString() == "file") == ofFile)
            .SelectMany(w => w.GetProperty("sheets").EnumerateArray())
            .FirstOrDefault(s => s.GetProperty("slug").GetString() == "runways");
        return sheet is { ValueKind: JsonValueKind.Object } found
            && await probe.TryGetAsync($"sheets/{found.GetProperty("id").GetString()}/counts") is { } counts
            && counts.GetProperty("counts").GetProperty("total").GetInt32() is > 0 and < 48_184;
    }

    private static async Task<List<JsonElement>?> JobsAsync(SpacesProbe probe, string operation) =>
        await probe.TryGetAsync("jobs?pageSize=100") is { } jobs
            ? [.. jobs.EnumerateArray().Where(j => j.GetProperty("operation").GetString() == operation)]
            : null;

    private static string? Status(JsonElement job) => job.GetProperty("status").GetString();
}
