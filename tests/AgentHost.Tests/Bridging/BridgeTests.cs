using AgentHost.Tests.Support;
using Contracts.Services;
using Contracts.Support;
using Flatfile.Api;

namespace AgentHost.Tests.Bridging;

/// <summary>Real hosts: a Flatfile, bridges that poll it and fill RabbitMQ, and an agent that handles what RabbitMQ brings.</summary>
public sealed class BridgeTests : IClassFixture<RabbitMqFixture>, IClassFixture<PostgresFixture>, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly RabbitMqFixture _rabbit;
    private readonly PostgresFixture _postgres;
    private readonly TemporaryFolder _folder = new();
    private readonly string _prefix = "t" + Guid.NewGuid().ToString("N");

    public BridgeTests(RabbitMqFixture rabbit, PostgresFixture postgres)
    {
        _rabbit = rabbit;
        _postgres = postgres;
        var plugin = Directory.CreateDirectory(Path.Combine(_folder["drop"], "Fatal"));
        File.Copy(Repository.Path("artifacts", "test-plugins", "Fatal", "Fatal.dll"), Path.Combine(plugin.FullName, "Fatal.dll"));
        Directory.CreateDirectory(_folder["witness"]);
    }

    public void Dispose() => _folder.Dispose();

    [BridgeFact]
    public async Task EventsOfAFlatfileElsewhereReachTheHandlersOverTheBusEachOnce()
    {
        await using var source = await ServedFolder.StartAsync(_folder);
        await using var bridge = await StartAsync(source, "bridge", Bridge);
        await using var agent = await StartAsync(source, "agent", Receiver);
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"space {i}")];
        foreach (var name in names)
        {
            await source.Client.Spaces.CreateAsync(new SpaceConfig { Name = name });
        }

        await Task.WhenAll(names.Select(WitnessedAsync));
        Assert.All(names, name => Assert.Equal([agent.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)], File.ReadAllLines(Witness(name))));
    }

    [BridgeFact]
    public async Task WhenTheLeadingBridgeIsKilledAnotherOnTheSameStoreGoesOnAndNothingIsMissingOrDoubled()
    {
        var database = await _postgres.Cluster.CreateDatabaseAsync();
        (string, string)[] shared =
        [
            .. Bridge, ("Agent__Store__Kind", "PostgreSql"), ("Agent__Store__ConnectionString", _postgres.Cluster.ConnectionString(database)),
            ("Agent__Bridge__Lease", "00:00:03"),
        ];
        await using var source = await ServedFolder.StartAsync(_folder);
        await using var agent = await StartAsync(source, "agent", Receiver);
        await using var leader = await StartAsync(source, "one", shared);
        await source.Client.Spaces.CreateAsync(new SpaceConfig { Name = "before" });
        await WitnessedAsync("before");
        await using var second = await StartAsync(source, "two", shared);

        leader.Signal("KILL");
        await leader.EndAsync();
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"after {i}")];
        foreach (var name in names)
        {
            await source.Client.Spaces.CreateAsync(new SpaceConfig { Name = name });
        }

        await Task.WhenAll(names.Select(WitnessedAsync));
        Assert.All(["before", .. names], name => Assert.Single(File.ReadAllLines(Witness(name))));
        Assert.True(second.IsRunning, second.Error);
    }

    private (string, string)[] Bus =>
        [("Agent__RabbitMq__Uri", _rabbit.Broker.AmqpUri.AbsoluteUri), ("Agent__RabbitMq__Prefix", _prefix), ("Agent__RabbitMq__Partitions", "2")];

    private (string, string)[] Bridge =>
        [.. Bus, ("Agent__Driver", "None"), ("Agent__Bridge__From", "Polling"), ("Agent__Bridge__To", "RabbitMq"), ("Agent__Polling__MaxInterval", "00:00:00.5")];

    private (string, string)[] Receiver =>
        [.. Bus, ("Agent__Driver", "RabbitMq"), ("Agent__PluginFolders__0", _folder["drop"]), ("WITNESS_FOLDER", _folder["witness"])];

    private async Task<HostProgram> StartAsync(ServedFolder source, string data, (string, string)[] settings)
    {
        var program = HostProgram.Start(
            _folder.Path, ["serve", "--data", data, "--port", FreePort.Next()], [("FLATFILE_API_URL", source.Url), ("FLATFILE_API_KEY", source.Key), .. settings]);
        await program.ServingAsync();
        return program;
    }

    private string Witness(string name) => Path.Combine(_folder["witness"], name);

    private Task WitnessedAsync(string name) => Signal.UntilAsync(
        () => Task.FromResult(File.Exists(Witness(name)) && new FileInfo(Witness(name)).Length > 0), $"'{name}' to be witnessed", Limit);
}
