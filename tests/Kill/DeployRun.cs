using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Contracts.Support;
using Kill.Agents;
using Kill.Platform;

namespace Kill;

/// <summary>Imports one large file while the agents are deployed anew again and again: asked to stop, waited for, and started as new processes.</summary>
internal sealed class DeployRun(KillOptions options, int deploys, int rows, Action<string> say) : IAsyncDisposable
{
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromMinutes(10);

    private readonly AgentGroup _agents = new(options);
    private readonly TestFolder _folder = new();
    private SpacesServer? _spaces;
    private string? _extraction;

    public string Errors => _agents.Errors;

    public async Task<DeployReport> RunAsync()
    {
        _spaces = await SpacesServer.StartAsync(Directory.CreateDirectory(Path.Combine(_folder.Path, "spaces")).FullName);
        var target = await ImportTarget.MakeAsync(_spaces);
        await _agents.StartAsync(_spaces);
        var watch = Stopwatch.StartNew();
        var file = await _spaces.UploadAsync(target.SpaceIds[0], target.EnvironmentId, "large.csv", Content());
        var (done, slowest) = (0, TimeSpan.Zero);
        await Signal.UntilAsync(async () => (_extraction = Text(await ExtractionAsync(file), "id")) is not null, "the extraction to be asked for", EndsWithin);
        for (var i = 1; i <= deploys; i++)
        {
            // Spread over the file, so that each deploy meets the import.
            var until = (long)rows * i / (deploys + 2);
            await Signal.UntilAsync(() => Task.FromResult(PagesTaken * 5_000L >= until), $"{until} rows to be written", EndsWithin);
            var victim = _agents.All[i % _agents.All.Count];
            var stopping = Stopwatch.StartNew();
            await victim.Agent.StopAsync(StopsWithin);
            slowest = stopping.Elapsed > slowest ? stopping.Elapsed : slowest;
            victim.Start();
            done++;
            say($"deploy {done} of {deploys}: {victim.Agent.Name} stopped in {stopping.Elapsed.TotalSeconds:0.0} s, {PagesTaken * 5_000L:N0} rows");
        }

        JsonElement job = default;
        await Signal.UntilAsync(
            async () => Text(job = await ExtractionAsync(file), "status") is "complete" or "failed" or "canceled",
            "the import to end", EndsWithin);
        return await ReportAsync(file, job, done, slowest, watch.Elapsed);
    }

    public async ValueTask DisposeAsync()
    {
        await _agents.DisposeAsync();
        if (_spaces is not null)
        {
            await _spaces.DisposeAsync();
        }

        _folder.Dispose();
    }

    private byte[] Content()
    {
        var text = new StringBuilder("key,name,amount,note\n");
        for (var row = 1; row <= rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row},name {row},{row * 7L % 1000},row {row} of a large file\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private async Task<JsonElement> ExtractionAsync(string file) =>
        (await _spaces!.GetAsync($"jobs?fileId={file}&pageSize=100")).EnumerateArray().FirstOrDefault(j => Text(j, "operation") == "extract");

    private static string? Text(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object ? element.GetProperty(name).GetString() : null;

    /// <summary>Pages of rows that Flatfile took for the extraction, as often as it was asked for them. The mapping that follows sends pages too.</summary>
    private List<PlatformCall> Pages() => [.. _agents.Calls.Where(c => c.IsAcceptedChange && c.JobId == _extraction && c.Path.EndsWith("/records", StringComparison.Ordinal))];

    private int PagesTaken => Pages().Select(c => c.Key).Distinct().Count();

    private async Task<DeployReport> ReportAsync(string fileId, JsonElement job, int done, TimeSpan slowest, TimeSpan took)
    {
        var file = await _spaces!.GetAsync($"files/{fileId}");
        var sheet = (await _spaces.GetAsync($"workbooks/{file.GetProperty("workbookId").GetString()}")).GetProperty("sheets")[0].GetProperty("id").GetString();
        var seen = new HashSet<string>();
        var written = 0L;
        foreach (var record in await _spaces.AllAsync($"sheets/{sheet}/records?fields=key", pageSize: 10_000))
        {
            written++;
            seen.Add(record.GetProperty("values").GetProperty("key").GetProperty("value").GetString()!);
        }

        var pages = Pages();
        var numbers = pages.Select(c => int.Parse(c.Key![(c.Key!.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture)).ToList();
        return new DeployReport
        {
            Engine = options.Engine.ToString(),
            Deploys = done,
            Rows = rows,
            RowsWritten = written,
            RowsDistinct = seen.Count,
            Status = job.GetProperty("status").GetString()!,
            Runs = _agents.Calls.Count(c => c is { IsBegin: true, IsAcceptedChange: true } && c.JobId == job.GetProperty("id").GetString()),
            PagesSent = pages.Count,
            PagesSentAgain = pages.Count - numbers.Distinct().Count(),
            LargestStepBack = numbers.Zip(numbers.Skip(1)).Select(p => p.First - p.Second).DefaultIfEmpty(0).Max(),
            SlowestStop = Math.Round(slowest.TotalSeconds, 1),
            Seconds = Math.Round(took.TotalSeconds),
        };
    }
}
