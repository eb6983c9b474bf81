using System.CommandLine;
using System.Text.Json;
using Kill;

var kills = new Option<int>("--kills") { Description = "Kills in all.", DefaultValueFactory = _ => 25 };
var pauses = new Option<int>("--pauses") { Description = "Times an agent stands still for longer than its lease; needs two agents." };
var engine = new Option<KillEngine>("--engine") { Description = "QuartzSqlite (one agent), QuartzPostgres or Hangfire (two agents on PostgreSQL)." };
var seed = new Option<int>("--seed") { Description = "Repeats the choices of another run, not its moments.", DefaultValueFactory = _ => Random.Shared.Next() };
var fault = new Option<string?>("--fault") { Description = "A fault put into the agents on purpose, to see it found." };
var deploys = new Option<int>("--deploys") { Description = "Instead of kills: deploys in order during the import of one large file." };
var rows = new Option<int>("--rows") { Description = "Rows of that file.", DefaultValueFactory = _ => 1_000_000 };
var waiting = new Option<int>("--waiting") { Description = "Kills while so many jobs wait: how long do the jobs in hand stand still?" };
var keep = new Option<FileInfo?>("--log") { Description = "Where to write what the agents said when there are violations." };
var command = new RootCommand("Imports files with agents that are killed all the time, and prints one line of JSON with what Flatfile saw.") { kills, pauses, engine, seed, fault, deploys, rows, waiting, keep };
command.SetAction(async (parsed, stop) =>
{
    var options = new KillOptions
    {
        Kills = parsed.GetValue(kills),
        Pauses = parsed.GetValue(pauses),
        Engine = parsed.GetValue(engine),
        Seed = parsed.GetValue(seed),
        Fault = parsed.GetValue(fault),
    };
    if (parsed.GetValue(deploys) is > 0 and var times)
    {
        await using var deploying = new DeployRun(options, times, parsed.GetValue(rows), Console.Error.WriteLine);
        var came = await deploying.RunAsync();
        Console.WriteLine(JsonSerializer.Serialize(came, KillJson.Default.DeployReport));
        return came.KeepsThePromise ? 0 : 1;
    }

    if (parsed.GetValue(waiting) is > 0 and var jobs)
    {
        await using var crowded = new WaitingRun(options, jobs, Console.Error.WriteLine);
        var came = await crowded.RunAsync();
        Console.WriteLine(JsonSerializer.Serialize(came, KillJson.Default.WaitingReport));
        return came.KeepsThePromise ? 0 : 1;
    }

    await using var run = new KillRun(options, Console.Error.WriteLine);
    var report = await run.RunAsync();
    Console.WriteLine(JsonSerializer.Serialize(report, KillJson.Default.KillReport));
    if (report.ViolationCount > 0 && parsed.GetValue(keep) is { } file)
    {
        await File.WriteAllTextAsync(file.FullName, run.Errors, stop);
    }

    return report.ViolationCount == 0 ? 0 : 1;
});
return await command.Parse(args).InvokeAsync();
