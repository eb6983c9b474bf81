using System.Text;
using System.Text.Json.Nodes;
using Contracts.Drivers;
using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Drivers.SpacesStream;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Options;

namespace Core.Tests.Drivers;

/// <summary>The SpacesStream driver over a real Spaces and a store on disk.</summary>
internal sealed class SpacesStreamHarness(SpacesServer server) : EventDriverHarness
{
    private readonly TestFolder _folder = new();
    private readonly List<FlatfileClientFactory> _clients = [];
    private AgentDatabase? _database;
    private Task _refused = Task.CompletedTask;

    public override bool SettlesAtSource => false;

    public CollectingLog<SpacesStreamDriver> Log { get; } = new();

    public Action<AgentOptions> Configure { get; set; } = _ => { };

    /// <summary>Spaces gives its events ids of its own; the contract's stand in the payload.</summary>
    public override Task PublishAsync(string id, string key) => server.RaiseAsync(new JsonObject { ["id"] = id, ["key"] = key });

    public override async Task<IEventDriver> StartDriverAsync() => new Translated(await StartPlainDriverAsync());

    public async Task<IEventDriver> StartPlainDriverAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _database = new SqliteAgentDatabase(_folder.Path);
        await _database.OpenAsync(CancellationToken.None);
        var agent = new AgentOptions { MaxInFlight = MaxInFlight };
        agent.Flatfile.ApiUrl = server.Address.AbsoluteUri;
        agent.Flatfile.ApiKey = server.Key;
        Configure(agent);
        var options = Options.Create(agent);
        var clients = new FlatfileClientFactory(new ConfiguredEndpoint(options), options, TimeProvider.System);
        _clients.Add(clients);
        return new SpacesStreamDriver(clients, new StoredCursors(_database, TimeProvider.System), options, TimeProvider.System, Log);
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

    /// <summary>The driver, with the events the contract published in the place of those Spaces made of them, and without those Spaces raised by itself.</summary>
    private sealed class Translated(IEventDriver driver) : IEventDriver
    {
        public string Name => driver.Name;

        public Task ReceiveAsync(Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken) =>
            driver.ReceiveAsync(
                (delivery, token) =>
                {
                    var payload = FlatfileEvent.Parse(delivery.Body);
                    return payload.PayloadText("id") is { } id && payload.PayloadText("key") is { } key
                        ? onDelivery(new TranslatedDelivery(delivery, Encoding.UTF8.GetBytes(Event(id, key, TimeProvider.System.GetUtcNow()))), token)
                        : delivery.CompleteAsync(token);
                },
                cancellationToken);
    }

    private sealed class TranslatedDelivery(EventDelivery delivery, ReadOnlyMemory<byte> body) : EventDelivery
    {
        public override ReadOnlyMemory<byte> Body => body;

        public override int DeliveryCount => delivery.DeliveryCount;

        public override Task CompleteAsync(CancellationToken cancellationToken) => delivery.CompleteAsync(cancellationToken);

        public override Task AbandonAsync(TimeSpan delay, CancellationToken cancellationToken) => delivery.AbandonAsync(delay, cancellationToken);

        public override Task DeadLetterAsync(string reason, CancellationToken cancellationToken) => delivery.DeadLetterAsync(reason, cancellationToken);
    }
}
