using System.Diagnostics;
using System.Globalization;
using History.Tests.Agents;
using History.Tests.Checking;
using History.Tests.Plan;
using History.Tests.Runs;
using Xunit.Abstractions;

namespace History.Tests;

/// <summary>The promise as a whole, judged from outside: whatever dies, each event has its effect by each handler once, in the order of its space.</summary>
[Collection(nameof(HistoryCollection))]
public sealed class HistoryTests(Surroundings surroundings, ITestOutputHelper output)
{
    private const int Events = 20_000;
    private const int Spaces = 50;
    private const int Kills = 40;
    private const int Deadly = 3;

    [HistoryFact]
    [Trait("Row", "E-01")]
    [Trait("Row", "E-02")]
    [Trait("Row", "E-06")]
    [Trait("Row", "E-08")]
    [Trait("Row", "E-11")]
    [Trait("Row", "E-16")]
    public async Task FortyKillsOfTwoAgentsLoseNothingDoubleNothingAndKeepTheOrderOfEverySpace()
    {
        var seed = Seed();
        var random = new Random(seed);
        var plan = HistoryPlan.Make(Events, Spaces, chunks: Kills, Deadly, random);
        await using var run = new HistoryRun(surroundings, BuiltPrograms.Host, new Dictionary<string, string>(), random);
        var watch = Stopwatch.StartNew();

        var record = await run.RunAsync(plan, Kills);

        var violations = HistoryChecker.Violations(record);
        var repeats = record.Calls.Count - record.Calls.DistinctBy(c => (c.Event, c.Handler)).Count();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $$"""
            {"seed":{{seed}},"seconds":{{watch.Elapsed.TotalSeconds:0}},"events":{{plan.Events.Count}},"doubles":{{plan.Doubles}},"spaces":{{Spaces}},"kills":{{run.Kills}},"deaths of deadly events":{{run.DiedByThemselves}},
             "effects":{{record.Calls.Count - repeats}},"calls cut off by a death and repeated":{{repeats}},"dead letters":{{record.DeadLetters.Count}},"violations":{{violations.Count}}}
            """));
        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(20)) + "\n" + Tail(run.Errors));
        Assert.True(repeats > 0, "No kill met a call in hand: the kills prove nothing.");
        Assert.True(run.DiedByThemselves <= Deadly * 3, $"{Deadly} deadly events ended {run.DiedByThemselves} processes.");
    }

    /// <summary>The seed of this run; HISTORY_SEED repeats the choices of another, not its moments.</summary>
    private static int Seed() =>
        Environment.GetEnvironmentVariable("HISTORY_SEED") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();

    private static string Tail(string text) => text.Length < 8_000 ? text : text[^8_000..];
}
