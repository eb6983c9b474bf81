using System.Diagnostics;
using Contracts.Support;
using Kill.Agents;
using Kill.Checking;
using Kill.Load;
using Kill.Platform;

namespace Kill;

/// <summary>Imports file after file with one or two agents, kills them at random and at named places, and judges what Flatfile has in the end.</summary>
internal sealed class KillRun(KillOptions options, Action<string> say) : IAsyncDisposable
{
    private readonly Random _random = new(options.Seed);
    private readonly TestFolder _folder = new();
    private readonly AgentGroup _agents = new(options);
    private SpacesServer? _spaces;

    /// <summary>What the agents said, for one who looks for the cause of a violation.</summary>
    public string Errors => _agents.Errors;

    public async Task<KillReport> RunAsync()
    {
        var watch = Stopwatch.StartNew();
        _spaces = await SpacesServer.StartAsync(Directory.CreateDirectory(Path.Combine(_folder.Path, "spaces")).FullName);
        var target = await ImportTarget.MakeAsync(_spaces);
        await _agents.StartAsync(_spaces);
        var feeder = new Feeder(_spaces, target.SpaceIds, target.EnvironmentId, options, _random);
        using var stop = new CancellationTokenSource();
        var feeding = feeder.RunAsync(stop.Token);
        var nemesis = new Nemesis(options, _agents.All, feeder, _random, say);
        for (var i = 0; i < options.Kills; i++)
        {
            await nemesis.KillOneAsync();
            await RethrowAsync(feeding);
        }

        for (var i = 0; i < options.Pauses; i++)
        {
            await nemesis.PauseOneAsync(options.PauseLength);
            await RethrowAsync(feeding);
        }

        feeder.Close();
        await DrainAsync(feeding, nemesis);
        await stop.CancelAsync();
        await feeding;
        var history = await target.ReadAsync(feeder.Plan, _agents.Calls);
        return Report(history, nemesis, watch.Elapsed);
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

    private static async Task RethrowAsync(Task feeding)
    {
        if (feeding.IsCompleted)
        {
            await feeding;
        }
    }

    /// <summary>Until all is finished, or time is up: what is open then is a violation.</summary>
    private async Task DrainAsync(Task feeding, Nemesis nemesis)
    {
        say("the last kill was made; waiting until all jobs have ended");
        var watch = Stopwatch.StartNew();
        while (!feeding.IsCompleted && watch.Elapsed < options.Drain)
        {
            await nemesis.ReviveAsync();
            await Nemesis.AfterAsync(TimeSpan.FromMilliseconds(200));
        }

        // What comes late must show as well.
        await Nemesis.AfterAsync(TimeSpan.FromSeconds(3));
    }

    private KillReport Report(KillHistory history, Nemesis nemesis, TimeSpan took)
    {
        say(KillChecker.Describe(history.Plan));
        var violations = KillChecker.Violations(history);
        return new KillReport
        {
            Engine = options.Engine.ToString(),
            Seed = options.Seed,
            Fault = options.Fault,
            Kills = nemesis.Kills,
            KillsWithWork = nemesis.KillsWithWork,
            Places = nemesis.Places,
            Pauses = nemesis.Pauses,
            Files = history.Plan.Count,
            Rows = history.Plan.Sum(f => (long)f.Rows),
            Jobs = history.Jobs.Count,
            Resumed = history.Calls.Count(c => c is { IsBegin: true, IsAcceptedChange: true } && c.Info!.StartsWith("Resumed", StringComparison.Ordinal)),
            Refused = history.Calls.Count(c => c.Status == 409),
            Recovery = RecoveryTimes.Of(history.Calls, nemesis.Deaths),
            Seconds = Math.Round(took.TotalSeconds),
            ViolationCount = violations.Count,
            Violations = [.. violations.Take(20)],
        };
    }
}
