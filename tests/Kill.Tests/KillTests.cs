using System.Text.Json;
using Contracts.Services;
using Xunit.Abstractions;

namespace Kill.Tests;

/// <summary>Agents that are killed while they import: a short form of <c>./agent test kill</c>.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Row", "J-01")]
    [Trait("Row", "J-05")]
    public Task OneAgentWithQuartzOnSqlite() => KeepsThePromiseAsync(new KillOptions { Kills = 10, Engine = KillEngine.QuartzSqlite, Seed = 20261127 });

    [PostgresFact]
    public Task TwoAgentsWithQuartzOnPostgres() => KeepsThePromiseAsync(new KillOptions { Kills = 8, Engine = KillEngine.QuartzPostgres, Seed = 20261127 });

    [PostgresFact]
    [Trait("Row", "J-16")]
    public async Task AnImportGoesOnThroughThreeDeploysAndNeverBeginsAnew()
    {
        await using var run = new DeployRun(new KillOptions { Engine = KillEngine.QuartzPostgres }, deploys: 3, rows: 80_000, _ => { });

        var report = await run.RunAsync();

        var line = JsonSerializer.Serialize(report, KillJson.Default.DeployReport);
        output.WriteLine(line);
        Assert.True(report.KeepsThePromise, line + "\n" + Tail(run.Errors));
    }

    [PostgresFact]
    public async Task WhatWasInHandGoesOnBeforeWhatWaits()
    {
        await using var run = new WaitingRun(new KillOptions { Kills = 3, Engine = KillEngine.QuartzPostgres, Seed = 5 }, waiting: 60, _ => { });

        var report = await run.RunAsync();

        var line = JsonSerializer.Serialize(report, KillJson.Default.WaitingReport);
        output.WriteLine(line);
        Assert.True(report.KeepsThePromise && report.CutOff > 3, line + "\n" + Tail(run.Errors));
    }

    private async Task KeepsThePromiseAsync(KillOptions options)
    {
        await using var run = new KillRun(options, _ => { });

        var report = await run.RunAsync();

        output.WriteLine(JsonSerializer.Serialize(report, KillJson.Default.KillReport));
        Assert.True(report.ViolationCount == 0, string.Join('\n', report.Violations) + "\n" + Tail(run.Errors));
        Assert.True(report.KillsWithWork >= 0.8 * report.Kills, $"Only {report.KillsWithWork} of {report.Kills} kills met work in hand: they prove little.");
    }

    private static string Tail(string text) => text.Length < 8_000 ? text : text[^8_000..];
}
