using History.Tests.Agents;
using History.Tests.Checking;
using History.Tests.Plan;
using History.Tests.Runs;

namespace History.Tests;

/// <summary>A checker that never found anything proves nothing: it must find each fault that is put into an agent on purpose.</summary>
[Collection(nameof(HistoryCollection))]
public sealed class SeededFaultTests(Surroundings surroundings)
{
    private const int Seed = 20;

    [HistoryTheory]
    [InlineData("settle before effect", "lost:")]
    [InlineData("inbox skipped", "repeated:")]
    [InlineData("lane ignored", "out of order:")]
    public async Task AFaultPutInIsFound(string fault, string violation)
    {
        var violations = await ViolationsAsync(fault);

        Assert.Contains(violations, v => v.StartsWith(violation, StringComparison.Ordinal));
    }

    [HistoryFact]
    public async Task TheSameAgentWithoutAFaultKeepsThePromise() => Assert.Empty(await ViolationsAsync("none"));

    private async Task<IReadOnlyList<string>> ViolationsAsync(string fault)
    {
        var random = new Random(Seed);
        var plan = HistoryPlan.Make(events: 3_000, spaces: 10, chunks: 12, deadly: 0, random);

        // Kills come while the chunk is in hand: one that meets an agent without work finds no fault.
        await using var run = new HistoryRun(surroundings, BuiltPrograms.Faulty, new Dictionary<string, string> { ["SEEDED_FAULT"] = fault }, random)
        {
            Stillness = TimeSpan.FromSeconds(8),
            LatestKill = 150,
        };
        return HistoryChecker.Violations(await run.RunAsync(plan, kills: 12));
    }
}
