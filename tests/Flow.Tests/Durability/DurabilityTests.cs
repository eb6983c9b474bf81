using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flow.Tests.Support;
using Xunit.Abstractions;

namespace Flow.Tests.Durability;

/// <summary>kill -9 at random moments under writers of all kinds: what was acknowledged is there, and the events tell exactly what happened.</summary>
public sealed class DurabilityTests(ITestOutputHelper output)
{
    // DURABILITY_KILLS makes it longer.
    private static readonly int Kills = Given("DURABILITY_KILLS") ?? 25;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task KillsLoseNothingAcknowledgedAndTellNothingThatDidNotHappen()
    {
        var seed = Given("DURABILITY_SEED") ?? Random.Shared.Next();
        output.WriteLine($"seed {seed} (DURABILITY_SEED={seed} repeats the choices, not the moments)");
        var random = new Random(seed);
        using var data = new TempFolder();
        var facts = new SpaceFacts(data.Path);
        var watch = Stopwatch.StartNew();
        var lanes = new List<Lane>();
        try
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                await using var server = Start(data);
                if (kill > 0 && random.Next(8) == 0)
                {
                    // A start is a moment like any other: the sweep after the kill before is killed as well.
                    await AfterAsync(random.Next(100, 900));
                    await server.KillAsync();
                    continue;
                }

                using var client = await OpenAsync(data.Path, server);
                if (lanes.Count == 0)
                {
                    lanes.AddRange(await LanesAsync(client, random));
                }

                await SettleAndCheckAsync(client, lanes, facts, all: false);
                lanes.OfType<SpaceLane>().Single().Refill();
                var writing = lanes.Select(lane => lane.RunAsync(client)).ToList();
                await AfterAsync(random.Next(30, 900));
                await server.KillAsync();
                await Task.WhenAll(writing);
            }

            await using var last = Start(data);
            using var reader = await OpenAsync(data.Path, last);
            await SettleAndCheckAsync(reader, lanes, facts, all: true);
        }
        finally
        {
            output.WriteLine($"{Kills} kills in {watch.Elapsed.TotalSeconds:0} s; acknowledged {lanes.Sum(lane => lane.Done)}, cut off {lanes.Sum(lane => lane.CutOff)}: "
                + string.Join(", ", lanes.Select(lane => $"{lane.GetType().Name} {lane.Done}/{lane.CutOff}")));
        }

        Assert.True(lanes.Sum(lane => lane.CutOff) > Kills, "hardly a call was cut off: the kills met nobody at work");
    }

    private static async Task SettleAndCheckAsync(LoadClient client, List<Lane> lanes, SpaceFacts facts, bool all)
    {
        await Task.WhenAll(lanes.Select(lane => lane.SettleAsync(client)));
        foreach (var lane in lanes)
        {
            await lane.CheckAsync(client);
        }

        // The list of spaces waits until everything committed is in the log.
        await client.GetAsync("spaces?pageSize=1");
        facts.Check(all);
    }

    private static async Task<List<Lane>> LanesAsync(LoadClient client, Random random)
    {
        var rows = await SpaceAsync(client);
        var changes = await SpaceAsync(client);
        var mixed = await SpaceAsync(client);
        return
        [
            new RecordLane(rows.Sheets[0], 60, changes: false, Own(random)),
            new RecordLane(rows.Sheets[1], 5, changes: true, Own(random)),
            new RecordLane(changes.Sheets[0], 10, changes: true, Own(random)),
            new RecordLane(mixed.Sheets[0], 10, changes: true, Own(random)),
            new FileLane(mixed.Space, Own(random)),
            new JobLane(mixed.Space, Own(random)),
            new JobLane(rows.Space, Own(random)),
            new SpaceLane(Own(random)),
        ];
    }

    private static Random Own(Random random) => new(random.Next());

    private static async Task<(string Space, string[] Sheets)> SpaceAsync(LoadClient client)
    {
        const string Sheet = """ "fields":[{"key":"a","type":"string"},{"key":"b","type":"string"}]} """;
        var body = $$"""{"name":"base","workbook":{"name":"W","sheets":[{"name":"S","slug":"s",{{Sheet}},{"name":"T","slug":"t",{{Sheet}}]} }""";
        var space = (string)(await client.TryAsync(new Call("POST", "spaces", body)))!["data"]!["id"]!;
        var sheets = (await client.GetAsync($"workbooks?spaceId={space}"))[0]!["sheets"]!.AsArray();
        return (space, [.. sheets.Select(sheet => (string)sheet!["id"]!)]);
    }

    private static AgentProcess Start(TempFolder data) => AgentProcess.Start("serve", "--data", data.Path, "--port", "0");

    /// <summary>Waits for this process's own address: the one before left its file behind.</summary>
    private static async Task<LoadClient> OpenAsync(string dataFolder, AgentProcess server)
    {
        LoadClient? client = null;
        await Eventually.Async(async () =>
        {
            Assert.False(server.HasExited, $"the server ended before it answered\n{server.Errors}{server.Output}");
            client ??= TryOpen(dataFolder, server.Id);
            return client is not null && await client.TryAsync(new Call("GET", "environments")) is not null;
        }, StartLimit, () => $"the server to answer\n{server.Errors}{server.Output}");
        return client!;
    }

    private static LoadClient? TryOpen(string dataFolder, int process)
    {
        try
        {
            var server = JsonNode.Parse(File.ReadAllText(Path.Combine(dataFolder, "server.json")))!;
            return (int)server["pid"]! == process
                ? new LoadClient(new Uri((string)server["url"]!), File.ReadAllText(Path.Combine(dataFolder, "development-key")).Trim())
                : null;
        }
        catch (Exception fault) when (fault is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The moment of a kill is the one thing here that is a time and not a signal.</summary>
    private static async Task AfterAsync(int milliseconds)
    {
        using var moment = new CancellationTokenSource(milliseconds);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = moment.Token.Register(ended.SetResult);
        await ended.Task;
    }

    private static int? Given(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } given ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : null;
}
