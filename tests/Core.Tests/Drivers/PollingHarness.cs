using Contracts.Drivers;
using Contracts.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Drivers.Polling;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Core.Tests.Drivers;

/// <summary>The Polling driver over a server and a store on disk.</summary>
internal sealed class PollingHarness(EventsServer server) : EventDriverHarness
{
    private readonly TestFolder _folder = new();
    private readonly List<FlatfileClientFactory> _clients = [];
    private AgentDatabase? _database;
    private Task _refused = Task.CompletedTask;

    public override bool SettlesAtSource => false;

    /// <summary>The time saved before the first start.</summary>
    public DateTimeOffset? Since { get; set; }

    public Action<AgentOptions> Configure { get; set; } = _ => { };

    public ILogger<PollingDriver> Log { get; init; } = NullLogger<PollingDriver>.Instance;

    public override Task PublishAsync(string id, string key)
    {
        server.Publish(id, key);
        return Task.CompletedTask;
    }

    public override async Task<IEventDriver> StartDriverAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _database = new SqliteAgentDatabase(_folder.Path);
        await _database.OpenAsync(CancellationToken.None);
        var agent = new AgentOptions { MaxInFlight = MaxInFlight, EnvironmentId = "us_env_1" };
        agent.Flatfile.ApiUrl = server.Address.AbsoluteUri;
        agent.Flatfile.ApiKey = "sk_1";
        agent.Polling.MinInterval = TimeSpan.FromMilliseconds(5);
        agent.Polling.MaxInterval = TimeSpan.FromMilliseconds(40);
        Configure(agent);
        var options = Options.Create(agent);
        var cursors = new StoredCursors(_database, TimeProvider.System);
        if (Since is { } since && await cursors.LoadAsync(PollingDriver.DriverName, CancellationToken.None) is null)
        {
            await cursors.SaveAsync(PollingDriver.DriverName, PolledEvents.WriteTime(since), CancellationToken.None);
        }

        var clients = new FlatfileClientFactory(new ConfiguredEndpoint(options), options, TimeProvider.System);
        _clients.Add(clients);
        return new PollingDriver(clients, cursors, options, TimeProvider.System, Log);
    }

    public override Task BreakAsync()
    {
        _refused = server.Break();
        return Task.CompletedTask;
    }

    public override Task HealAsync()
    {
        server.Heal();
        return Task.CompletedTask;
    }

    public override Task WhenRefusedAsync() => _refused;

    public override async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _clients.ForEach(c => c.Dispose());
        await server.DisposeAsync();
        _folder.Dispose();
    }
}
