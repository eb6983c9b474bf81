using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Contracts.Jobs;

/// <summary>An engine as an agent has it: made from the services that a host adds.</summary>
public sealed class EngineNode : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private bool _ended;

    internal EngineNode(ServiceProvider services)
    {
        _services = services;
        Engine = services.GetRequiredService<SelectedEngine>().Engine;
    }

    public IJobEngine Engine { get; }

    public IServiceProvider Services => _services;

    internal ITicketStore Tickets => _services.GetRequiredService<ITicketStore>();

    internal TicketArming Arming => _services.GetRequiredService<TicketArming>();

    internal ClaimingRunner Claiming => (ClaimingRunner)_services.GetRequiredService<IJobRunner>();

    public Task StartAsync() => Engine.StartAsync(CancellationToken.None);

    public Task PauseAsync() => Engine.PauseAsync(CancellationToken.None);

    public Task StopAsync() => Engine.StopAsync(CancellationToken.None);

    public Task EnqueueAsync(string ticketId, DateTimeOffset? notBefore = null, TicketPriority priority = TicketPriority.Fresh) =>
        Engine.EnqueueAsync(new EngineTicket(ticketId) { NotBefore = notBefore, Priority = priority }, CancellationToken.None);

    public Task CancelAsync(string ticketId) => Engine.CancelAsync(ticketId, CancellationToken.None);

    public Task<IReadOnlyList<EngineEntry>> ListAsync() => Engine.ListAsync(CancellationToken.None);

    /// <summary>Opens the store of the tickets.</summary>
    internal async Task OpenStoreAsync()
    {
        await _services.GetRequiredService<AgentDatabase>().OpenAsync(CancellationToken.None);
        await _services.GetRequiredService<INodes>().EnterAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        await StopAsync();
        await _services.DisposeAsync();
    }
}
