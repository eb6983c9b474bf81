using Contracts.Services;

namespace Kill.Tests;

/// <summary>A checker that never found anything proves nothing: it must find each fault that is put into an agent on purpose.</summary>
public sealed class SeededFaultTests
{
    [Theory]
    [InlineData("settle before effect", 8, "no end:", "lost:", "wrong end: the mapping")]
    [InlineData("no recovery", 4, "no end:")]
    [InlineData("checkpoint before write", 8, "lost:")]
    [InlineData("double complete", 8, "ended twice:")]
    public Task AFaultOfOneAgentIsFound(string fault, int kills, params string[] violations) =>
        IsFoundAsync(new KillOptions { Kills = kills, Fault = fault, Seed = 7, Drain = TimeSpan.FromSeconds(15), Patience = TimeSpan.FromSeconds(6) }, violations);

    [PostgresFact]
    public Task ARunWithoutAFenceIsFound() => IsFoundAsync(
        new KillOptions
        {
            Kills = 0, Pauses = 2, PauseLength = TimeSpan.FromSeconds(15), Lease = TimeSpan.FromSeconds(5), Engine = KillEngine.QuartzPostgres, Fault = "no fence", Seed = 7,
            Drain = TimeSpan.FromSeconds(15),
        },
        ["stale:"]);

    private static async Task IsFoundAsync(KillOptions options, string[] wanted)
    {
        await using var run = new KillRun(options, _ => { });

        var report = await run.RunAsync();

        Assert.True(
            report.Violations.Any(v => wanted.Any(w => v.StartsWith(w, StringComparison.Ordinal))),
            $"The fault was not found. Violations: {string.Join('\n', report.Violations)}");
    }
}
