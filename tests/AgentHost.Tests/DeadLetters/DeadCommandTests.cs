using System.Text.Json.Nodes;
using AgentHost.Tests.Support;
using Flatfile.Api;

namespace AgentHost.Tests.DeadLetters;

/// <summary><c>./agent dead</c> as a person uses it: at a running agent, elsewhere, and while none runs.</summary>
public sealed class DeadCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly (string, string) _plugin;

    public DeadCommandTests() => _plugin = GivesUpPlugin.LayInto(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Row", "E-14")]
    public async Task ALetterIsListedShownAndReplayedAtTheRunningAgent()
    {
        await using var served = await ServedFolder.StartAsync(_folder, _plugin);
        var space = await GiveUpAsync(served);

        var list = await DeadAsync("list");
        Assert.All([GivesUpPlugin.Handler, "space:created", space, "The event names no country.", "1 dead letter at the agent at " + served.Url], text => Assert.Contains(text, list));
        var show = await DeadAsync("show", "1");
        Assert.All(["Dead letter 1", "(version 0.1.0", "NotSupportedException", "GivesUp.NeedsCountry.HandleAsync", "\"topic\": \"space:created\"", space], text => Assert.Contains(text, show));
        var dry = await DeadAsync("replay", "--all", "--dry-run");
        Assert.All(["its handler gets the event", "1 dead letter would be replayed; nothing was changed."], text => Assert.Contains(text, dry));
        Assert.Contains("No dead letters", await DeadAsync("list", "--handler", "Other/*"));

        GivesUpPlugin.Mend(_folder);
        Assert.Contains("The replay of 1 dead letter is asked for; the agent takes them now.", await DeadAsync("replay", "--handler", "GivesUp/*"));
        await UntilAsync("replayed", 1);

        Assert.Equal([$"{space} none"], GivesUpPlugin.Done(_folder));
        Assert.Contains("No dead letters", await DeadAsync("list"));
        Assert.Contains("replayed", await DeadAsync("list", "--state", "all"));
        (await RunAsync("replay", "1")).Says(2, "1 of those named is not there or not open any more");
    }

    [Fact]
    public async Task WhileNoAgentRunsTheStoreIsReadAndAReplayWaitsForTheNextStart()
    {
        string space;
        await using (var served = await ServedFolder.StartAsync(_folder, _plugin))
        {
            space = await GiveUpAsync(served);
            await GiveUpAsync(served, 2);
            await GiveUpAsync(served, 3);
            served.Program.Signal("TERM");
            await served.Program.EndAsync();
        }

        Assert.Contains("3 dead letters at " + _folder["data"], await DeadAsync("list"));
        Assert.Contains("NotSupportedException", await DeadAsync("show", "1"));
        var dry = await RunAsync("replay", "--all", "--dry-run");
        Assert.True(dry.ExitCode == 0, dry.Output + dry.Error);
        Assert.Contains("3 dead letters would be replayed", dry.Output);
        Assert.Contains("1 dead letter dropped (3).", await DeadAsync("drop", "3"));
        Assert.Contains("asked for; they run when the agent starts next.", await DeadAsync("replay", "1"));

        GivesUpPlugin.Mend(_folder);
        await using var again = await ServedFolder.StartAsync(_folder, _plugin);
        await UntilAsync("replayed", 1);
        Assert.Equal([$"{space} none"], GivesUpPlugin.Done(_folder));
        Assert.Equal((1, 1), (await CountAsync("open"), await CountAsync("dropped")));
    }

    [Fact]
    [Trait("Row", "E-14")]
    public async Task AChangedEventIsSentInstead()
    {
        await using var served = await ServedFolder.StartAsync(_folder, _plugin);
        var space = await GiveUpAsync(served);
        var @event = JsonNode.Parse(await DeadAsync("show", "1", "--event"))!;
        @event["payload"]!["country"] = "NA";
        var file = _folder.Write("fixed.json", @event.ToJsonString());
        @event["id"] = "us_evt_other";

        (await RunAsync("replay", "1", "--edited", _folder.Write("other.json", @event.ToJsonString()))).IsRefusal(2, "changed event", "us_evt_other", "Leave the id");
        (await RunAsync("replay", "1", "--edited", _folder.Write("broken.json", "{"))).IsRefusal(2, "broken.json is not JSON");
        await DeadAsync("replay", "1", "--edited", file);
        await UntilAsync("replayed", 1);

        Assert.Equal([$"{space} NA"], GivesUpPlugin.Done(_folder));
        Assert.Contains("Event as it was changed for the replay", await DeadAsync("show", "1"));
    }

    [Fact]
    public async Task ASlipOfThePenTakesNothing()
    {
        await using var served = await ServedFolder.StartAsync(_folder, _plugin);
        await GiveUpAsync(served);

        (await RunAsync("drop")).IsRefusal(2, "Nothing says which", "--all");
        (await RunAsync("replay")).IsRefusal(2, "Nothing says which", "--all");
        (await RunAsync("drop", "one")).IsRefusal(2, "'one' is not the number");
        (await RunAsync("drop", "99")).Says(2, "1 of those named is not there");
        (await RunAsync("show", "99")).IsRefusal(2, "no dead letter 99");
        (await RunAsync("list", "--since", "yesterday")).IsRefusal(2, "--since yesterday", "2h", "./agent dead list --help");
        (await RunAsync("list", "--limit", "0")).IsRefusal(2, "--limit 0");
        (await RunAsync("list", "--bus")).IsRefusal(2, "InProcess", "no dead-letter queue of its own");
        (await RunAsync("list", "--url", served.Url, "--key", served.Key)).IsRefusal(2, "refused", "operator-key");
        (await RunAsync("list", "--url", "http://localhost:" + FreePort.Next(), "--key", "op_x")).IsRefusal(1, "does not answer");
        (await RunAsync("list", "--url", served.Url, "--data", "elsewhere")).IsRefusal(2, "key", "--key KEY");
        (await RunAsync("list", "--data", "elsewhere")).IsRefusal(2, "no data folder", "--data DIR");
        Assert.False(Directory.Exists(_folder["elsewhere"]));
        Assert.Equal(1, await CountAsync("open"));
        Assert.Contains("1 dead letter at", await DeadAsync("list", "--url", served.Url, "--key", served.OperatorKey, "--data", "elsewhere"));
    }

    private static async Task<string> GiveUpAsync(ServedFolder served, int number = 1)
    {
        var space = await served.Client.Spaces.CreateAsync(new SpaceConfig { Name = "Without a country" });
        using var agent = new OperatorClient(served.Url, served.OperatorKey);
        await Contracts.Support.Signal.UntilAsync(async () => (int)(await agent.GetAsync("dead"))!["total"]! >= number, $"{number} dead letters");
        return space.Id;
    }

    private Task UntilAsync(string state, int count) => Contracts.Support.Signal.UntilAsync(async () =>
    {
        var address = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder["data"], "server.json")))!;
        using var agent = new OperatorClient((string)address["url"]!, (await File.ReadAllTextAsync(Path.Combine(_folder["data"], "operator-key"))).Trim());
        return (int)(await agent.GetAsync($"dead?states={state}"))!["total"]! >= count;
    }, $"{count} dead letters to be {state}");

    private async Task<int> CountAsync(string state) => (int)JsonNode.Parse(await DeadAsync("list", "--state", state, "--json"))!["total"]!;

    private async Task<string> DeadAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.True(result.ExitCode == 0, $"./agent dead {string.Join(' ', arguments)} ended with {result.ExitCode}.\n{result.Output}\n{result.Error}");
        Assert.Empty(result.Error);
        return result.Output;
    }

    private Task<HostResult> RunAsync(params string[] arguments) => HostProgram.RunAsync(_folder.Path, ["dead", .. arguments], _plugin);
}
