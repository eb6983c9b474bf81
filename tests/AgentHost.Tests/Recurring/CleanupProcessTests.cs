using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AgentHost.Tests.Support;
using Contracts.Support;
using Flatfile.Agent.Core.Failing;
using Flatfile.Api;

namespace AgentHost.Tests.Recurring;

/// <summary>The process that cleans up, Spaces in it, is killed again and again.</summary>
public sealed class CleanupProcessTests : IDisposable
{
    private const int Count = 50;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan UntouchedFor = TimeSpan.FromSeconds(1);

    private readonly TemporaryFolder _folder = new();
    private readonly string _port = FreePort.Next();

    private static (string Name, string Value)[] Settings { get; } =
        [("Agent__Cleanup__UntouchedFor", UntouchedFor.ToString()), ("Agent__Cleanup__MaxPerRun", "50"), ("Agent__RecurringTakeover", "00:00:02")];

    private string Exports => Path.Combine(_folder["data"], "agent", "recurring", "cleanup", "exports");

    public void Dispose() => _folder.Dispose();

    /// <summary>Each with how often it is met before the process dies there: some spaces end between two deaths.</summary>
    private static IEnumerable<string> Deaths => FailPoints.CleanupSteps.Select(step => $"{FailPoints.Cleanup}{step}:{(step is "chosen" or "stored.plan" ? 1 : 5)}:kill");

    [Fact]
    [Trait("Row", "C-01")]
    public async Task KilledAtEveryStepItGoesOnInTheSameRunAndEverySpaceIsThereOrExported()
    {
        var spaces = await PrepareAsync();
        long? number = null;
        foreach (var death in Deaths)
        {
            await using (var agent = HostProgram.Start(_folder.Path, ["serve", "--port", _port], [.. Settings, (FailPoint.Variable, death)]))
            {
                if (number is null)
                {
                    await agent.ServingAsync();
                    number = await RunAsync();
                }

                Assert.Equal(137, (await agent.EndAsync()).ExitCode);
            }

            foreach (var space in spaces)
            {
                Assert.True(IsThere(space) || await IsExportedAsync(space), $"After {death}, {space} is neither there nor exported.");
            }
        }

        await using var last = await ServedFolder.StartAsync(_folder, Settings);
        using var open = new OperatorClient(last.Url, last.OperatorKey);
        await EndAsync(open, number!.Value);
        foreach (var space in spaces)
        {
            Assert.False(await ExistsAsync(last.Client, space));
            await using var file = File.OpenRead(Path.Combine(Exports, space + ".zip"));
            Assert.Equal("Old", (await last.Client.Spaces.ImportAsync(file)).Name);
        }
    }

    private async Task<IReadOnlyList<string>> PrepareAsync()
    {
        await using var agent = await ServedFolder.StartAsync(_folder, Settings);
        var spaces = new List<string>();
        for (var i = 0; i < Count; i++)
        {
            var space = await agent.Client.Spaces.CreateAsync(new SpaceConfig { Name = "Old" });
            await agent.Client.Spaces.UpdateAsync(space.Id, new SpaceConfig { Status = SpaceStatus.Completed });
            spaces.Add(space.Id);
        }

        // The newest must be old enough by the server's own clock, which tells whole seconds: the run that is asked for may begin at once.
        var touched = (await agent.Client.Spaces.GetAsync(spaces[^1])).UpdatedAt;
        await Signal.UntilAsync(async () => await agent.Client.GetServerTimeAsync() - touched > UntouchedFor, "the newest space to be old enough");
        return spaces;
    }

    /// <summary>Asks for a run. The process may die before it answers: the run is known by its number all the same, the first.</summary>
    private async Task<long> RunAsync()
    {
        using var open = new OperatorClient("http://localhost:" + _port, (await File.ReadAllTextAsync(Path.Combine(_folder["data"], "operator-key"))).Trim());
        try
        {
            var (status, body) = await open.SendAsync(HttpMethod.Post, "recurring/run", """{"id":"cleanup","arguments":{"mode":"run"}}""");
            Assert.True(status == 200, body);
            return (long)JsonNode.Parse(body)!["run"]!;
        }
        catch (HttpRequestException)
        {
            return 1;
        }
    }

    private static async Task EndAsync(OperatorClient open, long number)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            Assert.False(limit.IsCancellationRequested, $"The run did not end within {Limit}.");
            var run = (await open.GetAsync(FormattableString.Invariant($"recurring/runs/{number}")))!;
            if (run["endedAt"] is not null)
            {
                Assert.True((string)run["state"]! == "succeeded", run.ToJsonString());
                return;
            }
        }
    }

    private bool IsThere(string space) => Path.Combine(_folder["data"], "spaces", space) is var folder && Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.db").Any();

    private async Task<bool> IsExportedAsync(string space)
    {
        var path = Path.Combine(Exports, space + ".zip");
        return File.Exists(path)
            && (string)JsonNode.Parse(await File.ReadAllTextAsync(path + ".json"))!["sha256"]! == Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path)));
    }

    private static async Task<bool> ExistsAsync(FlatfileClient client, string space)
    {
        try
        {
            await client.Spaces.GetAsync(space);
            return true;
        }
        catch (FlatfileApiException gone) when (gone.Status == HttpStatusCode.NotFound)
        {
            return false;
        }
    }
}
