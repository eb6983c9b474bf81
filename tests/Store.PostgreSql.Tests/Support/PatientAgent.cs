using Flatfile.Agent;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Recurring;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Flatfile.Agent.Store.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Store.PostgreSql.Tests.Support;

/// <summary>A whole agent on a store in PostgreSQL, with one inline handler.</summary>
internal sealed class PatientAgent : IAsyncDisposable
{
    private readonly IHost _host;

    private PatientAgent(IHost host) => _host = host;

    public PatientDriver Driver => _host.Services.GetServices<IEventDriver>().OfType<PatientDriver>().Single();

    public IInbox Inbox => _host.Services.GetRequiredService<IInbox>();

    public IDeadLetters Letters => _host.Services.GetRequiredService<IDeadLetters>();

    public static async Task<PatientAgent> StartAsync(string connectionString, Func<string, Task> handle)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IEventDriver, PatientDriver>();
        builder.Services.AddSingleton<IJobEngine, NoEngine>();
        builder.Services.AddAgent(o =>
        {
            o.Driver = "Patient";
            o.Engine = "None";
            o.Store.Kind = PostgresAgentDatabase.KindName;
            o.Store.ConnectionString = connectionString;
            o.Store.Patience = TimeSpan.FromMilliseconds(300);
            o.Flatfile.ApiUrl = "http://127.0.0.1:9";
            o.Flatfile.ApiKey = "sk_none";
        });
        builder.Services.AddPostgresStore();
        builder.Services.AddHostedService(s => new Bind(s.GetRequiredService<HandlerCatalogSource>(), handle));
        var agent = new PatientAgent(builder.Build());
        await agent._host.StartAsync();
        return agent;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private sealed class Bind(HandlerCatalogSource catalogs, Func<string, Task> handle) : IHostedService, IEventHandler
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            catalogs.Replace(new HandlerCatalog([HandlerBinding.ForEvents("h", "test", "h", [new BindingRule([TopicGlob.Parse("space:updated")], [])], _ => this)]));
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task HandleAsync(EventContext context, CancellationToken cancellationToken) => handle(context.Event.Id);
    }

    /// <summary>For an agent without job handlers.</summary>
    private sealed class NoEngine : IJobEngine
    {
        public string Name => "None";

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task PauseAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public IEnumerable<string> FaultsInSettings() => [];

        public Task EnqueueAsync(EngineTicket ticket, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task CancelAsync(string ticketId, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<IReadOnlyList<EngineEntry>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<EngineEntry>>([]);

        public Task SetRecurringAsync(IReadOnlyList<RecurringEntry> entries, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
