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

        _database = new AgentDatabase(_folder.Path);
        await _database.OpenAsync(CancellationToken.None);
        var agent = new AgentOptions { MaxInFlight = MaxInFlight, EnvironmentId = "us_env_1" };
        agent.Flatfile.ApiUrl = server.Address.AbsoluteUri;
        agent.Flatfile.ApiKey = "sk_1";
        agent.Polling.MinInterval = TimeSpan.FromMilliseconds(5);
        agent.Polling.MaxInterval = TimeSpan.FromMilliseconds(40);
        var options = Options.Create(agent);
        var clients = new FlatfileClientFactory(new ConfiguredEndpoint(options), options, TimeProvider.System);
        _clients.Add(clients);
        return new PollingDriver(clients, new SqliteDriverCursors(_database, TimeProvider.System), options, TimeProvider.System, Log);
    }

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
