using Contracts.Drivers;
using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Drivers.Webhook;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Core.Tests.Drivers;

/// <summary>The Webhook driver over a store on disk, and its endpoint in a real server; a sender posts until it is answered 2xx.</summary>
internal sealed class WebhookHarness : EventDriverHarness
{
    public const string Secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private readonly TestFolder _folder = new();
    private TestServer _server = null!;
    private WebhookEndpoint? _endpoint;
    private WebhookSender _sender = null!;
    private Task _refused = Task.CompletedTask;

    private WebhookHarness(AgentOptions agent) => Agent = agent;

    public AgentOptions Agent { get; }

    public AgentDatabase Database { get; private set; } = null!;

    public BreakableQueue Queue { get; private set; } = null!;

    public CollectingLog<WebhookEndpoint> Log { get; } = new();

    public Uri Address => _server.Address;

    public static async Task<WebhookHarness> StartAsync(Action<AgentOptions>? configure = null)
    {
        var agent = new AgentOptions { Driver = "Webhook", MaxInFlight = MaxInFlight };
        agent.Webhook.Rate = 100_000;
        agent.Webhook.Burst = 100_000;
        if (configure is null)
        {
            agent.Webhook.Secrets.Add(Secret);
        }

        configure?.Invoke(agent);
        var harness = new WebhookHarness(agent);
        harness._server = await TestServer.StartAsync(harness.Map);
        harness._sender = new WebhookSender(harness.Address, Secret);
        await harness.OpenAsync();
        return harness;
    }

    public WebhookSender Sender(string? secret = Secret) => new(Address, secret);

    public override Task PublishAsync(string id, string key) => _sender.DeliverAsync(Event(id, key, TimeProvider.System.GetUtcNow()));

    public override Task PublishAsync(IReadOnlyList<(string Id, string Key)> events) =>
        _sender.DeliverAsync("[" + string.Join(',', events.Select(e => Event(e.Id, e.Key, TimeProvider.System.GetUtcNow()))) + "]");

    public override async Task<IEventDriver> StartDriverAsync()
    {
        var isBroken = !_refused.IsCompleted;
        await Database.DisposeAsync();
        await OpenAsync();
        if (isBroken)
        {
            await BreakAsync();
        }

        return Driver();
    }

    public IEventDriver Driver() => new WebhookDriver(
        Queue, new StoredLeases(Database), Database, new AgentOwner(), Options.Create(Agent), TimeProvider.System, NullLogger<WebhookDriver>.Instance);

    public override Task BreakAsync()
    {
        _refused = Queue.Break();
        return Task.CompletedTask;
    }

    public override Task HealAsync()
    {
        Queue.Heal();
        return Task.CompletedTask;
    }

    public override Task WhenRefusedAsync() => _refused;

    public override async ValueTask DisposeAsync()
    {
        _sender.Dispose();
        await _server.DisposeAsync();
        await Database.DisposeAsync();
        _folder.Dispose();
    }

    private async Task OpenAsync()
    {
        Database = new SqliteAgentDatabase(_folder.Path);
        await Database.OpenAsync(CancellationToken.None);
        var options = Options.Create(Agent);
        Queue = new BreakableQueue(new StoredEventQueue(Database));
        _endpoint = new WebhookEndpoint(new WebhookCredentials(options, TimeProvider.System), new WebhookQueue(Queue, options, TimeProvider.System), options, TimeProvider.System, Log);
    }

    private void Map(WebApplication app) => app.MapPost(WebhookSender.Path, (HttpContext http) => _endpoint!.HandleAsync(http));
}
