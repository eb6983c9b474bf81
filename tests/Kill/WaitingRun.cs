using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Contracts.Support;
using Kill.Agents;
using Kill.Checking;
using Kill.Platform;

namespace Kill;

/// <summary>Kills agents while thousands of jobs wait for their turn, and measures how long the jobs in hand stand still.</summary>
internal sealed partial class WaitingRun(KillOptions options, int waiting, Action<string> say) : IAsyncDisposable
{
    private const int MostJobsOfASpace = 50;

    private static readonly TimeSpan HandedOver = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan TakenUp = TimeSpan.FromMinutes(2);

    private readonly Random _random = new(options.Seed);
    private readonly HttpClient _http = new();
    private readonly TestFolder _folder = new();
    private readonly AgentGroup _agents = new(options with { Plugins = ["Busy"] });
    private SpacesServer? _spaces;

    public string Errors => _agents.Errors;

    public async Task<WaitingReport> RunAsync()
    {
        var watch = Stopwatch.StartNew();
        _spaces = await SpacesServer.StartAsync(Directory.CreateDirectory(Path.Combine(_folder.Path, "spaces")).FullName);
        await _agents.StartAsync(_spaces);
        await AskForJobsAsync();
        await Signal.UntilAsync(async () => await WaitingAsync() >= waiting, $"{waiting} jobs to wait at the agents", HandedOver);
        var before = await WaitingAsync();
        var (gaps, cutOff, forgotten) = (new List<double>(), 0, 0);
        for (var kill = 1; kill <= options.Kills; kill++)
        {
            var (times, lost) = await KillAsync(kill);
            gaps.AddRange(times);
            cutOff += times.Count + lost;
            forgotten += lost;
        }

        return new WaitingReport
        {
            Engine = options.Engine.ToString(),
            Waiting = before,
            Kills = options.Kills,
            CutOff = cutOff,
            Recovery = RecoveryTimes.Summary(gaps),
            Forgotten = forgotten,
            Seconds = Math.Round(watch.Elapsed.TotalSeconds),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _agents.DisposeAsync();
        if (_spaces is not null)
        {
            await _spaces.DisposeAsync();
        }

        _http.Dispose();
        _folder.Dispose();
    }

    /// <summary>Long jobs, more than can ever run here, and some beside them that run: those of one space go one after the other.</summary>
    private async Task AskForJobsAsync()
    {
        var environment = (await _spaces!.GetAsync("environments"))[0].GetProperty("id").GetString();
        var jobsOfASpace = Math.Clamp(waiting / 100, 2, MostJobsOfASpace);
        var spaces = (waiting / jobsOfASpace) + 20;
        await Parallel.ForEachAsync(Enumerable.Range(1, spaces), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, _) =>
        {
            var space = (await _spaces.PostAsync("spaces", $$"""{"name":"Waiting {{number}}","environmentId":"{{environment}}","autoConfigure":false}""")).GetProperty("id").GetString();
            for (var job = 0; job < jobsOfASpace; job++)
            {
                await _spaces.PostAsync("jobs", $$"""{"type":"space","operation":"busy","source":"{{space}}","trigger":"immediate"}""");
            }
        });
        say($"{spaces * jobsOfASpace:N0} jobs in {spaces} spaces");
    }

    /// <returns>How long each job that was in hand stood still, and how many nobody took up.</returns>
    private async Task<(List<double> Times, int Lost)> KillAsync(int number)
    {
        var victim = _agents.All[_random.Next(_agents.All.Count)];
        await Signal.UntilAsync(() => Task.FromResult(InHand(victim).Count > 0), $"{victim.Agent.Name} to have jobs in hand", TakenUp);
        await Nemesis.AfterAsync(TimeSpan.FromMilliseconds(_random.Next(500, 3_000)));
        var (cutOff, life) = (InHand(victim), victim.Agent.Incarnation);
        await victim.Agent.KillAsync();
        var died = Stopwatch.GetTimestamp();
        victim.Start();
        var next = new Dictionary<string, long>();
        try
        {
            await Signal.UntilAsync(() => Task.FromResult(AllTakenUp()), "the jobs in hand to be taken up", TakenUp);
        }
        catch (TimeoutException late)
        {
            say(late.Message);
        }

        say(FormattableString.Invariant($"kill {number} of {options.Kills}: {victim.Agent.Name} with {cutOff.Count} jobs in hand, {next.Count} taken up"));
        return ([.. next.Values.Select(at => Stopwatch.GetElapsedTime(died, at).TotalSeconds)], cutOff.Count - next.Count);

        bool AllTakenUp()
        {
            foreach (var call in _agents.Calls.Where(c => c.IsBegin && c.Begun >= died && c.Incarnation != life && cutOff.Contains(c.JobId!)))
            {
                next.TryAdd(call.JobId!, call.Begun);
            }

            return next.Count == cutOff.Count;
        }
    }

    /// <summary>Jobs whose run began in the agent's present life and has not ended.</summary>
    private static HashSet<string> InHand(Victim victim)
    {
        var calls = victim.Proxy.Calls.Where(c => c.Incarnation == victim.Agent.Incarnation && c.IsAcceptedChange).ToList();
        return [.. calls.Where(c => c.IsBegin).Select(c => c.JobId!).Except(calls.Where(c => c.IsEnd).Select(c => c.JobId!))];
    }

    /// <summary>As one of the agents tells it to whoever watches it; 0 while none does.</summary>
    private async Task<long> WaitingAsync()
    {
        foreach (var folder in _agents.Folders)
        {
            try
            {
                using var server = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "server.json")));
                using var request = new HttpRequestMessage(HttpMethod.Get, server.RootElement.GetProperty("url").GetString() + "/metrics");
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(folder, "operator-key"))).Trim());
                using var answer = await _http.SendAsync(request);
                if (WaitingJobs().Match(await answer.Content.ReadAsStringAsync()) is { Success: true } told)
                {
                    return (long)double.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture);
                }
            }
            catch (Exception fault) when (fault is IOException or HttpRequestException or JsonException)
            {
                // Not serving yet; the other one may be, or it is asked again.
            }
        }

        return 0;
    }

    [GeneratedRegex(@"^flatfile_jobs_waiting\S* (\S+)", RegexOptions.Multiline)]
    private static partial Regex WaitingJobs();
}
