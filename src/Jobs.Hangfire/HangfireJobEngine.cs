using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Recurring;
using Flatfile.Agent.Core.Startup;
using Hangfire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Jobs.Hangfire;

/// <summary>Runs tickets by Hangfire on PostgreSQL; the nodes that share its schema share the work.</summary>
/// <remarks>
/// A row of Hangfire carries the id of a ticket. Hangfire may start one on a second node while the first still runs it, and forgets a killed
/// process only after a while; the lease of the ticket keeps the second away, and the reconciler hands over what nobody runs.
/// </remarks>
internal sealed partial class HangfireJobEngine : IJobEngine, IAsyncDisposable
{
    /// <summary>The name the configuration uses.</summary>
    public const string EngineName = "Hangfire";

    /// <summary>How long runs that were told to end may take until the engine is given up on.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly EngineRuns _runs;
    private readonly HangfirePlace _place;
    private readonly HangfireStore _store;
    private readonly HangfireTickets _tickets;
    private readonly HangfireRecurring _recurring;
    private readonly HangfireTimes _times;
    private readonly AgentOptions _options;
    private readonly ILogger<HangfireJobEngine> _log;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly List<BackgroundJobServer> _retired = [];
    private BackgroundJobServer? _server;
    private volatile bool _isStopping;

    public HangfireJobEngine(
        EngineRuns runs, HangfirePlace place, HangfireStore store, HangfireTickets tickets, HangfireRecurring recurring, HangfireTimes times,
        IOptions<AgentOptions> options, ILogger<HangfireJobEngine> log)
    {
        _runs = runs;
        _place = place;
        _store = store;
        _tickets = tickets;
        _recurring = recurring;
        _times = times;
        _options = options.Value;
        _log = log;
    }

    public string Name => EngineName;

    public IEnumerable<string> FaultsInSettings() => _place.Faults();

    public Task StartAsync(CancellationToken cancellationToken) => AloneAsync(
        () =>
        {
            _isStopping = false;
            _server ??= new BackgroundJobServer(ServerOptions(), _store.Open());
            Started(_log, _options.MaxConcurrentJobs, _place.Schema);
            return Task.CompletedTask;
        },
        cancellationToken);

    public Task PauseAsync(CancellationToken cancellationToken) => AloneAsync(
        () =>
        {
            Retire();
            return Task.CompletedTask;
        },
        cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => AloneAsync(EndAsync, cancellationToken);

    public Task EnqueueAsync(EngineTicket ticket, CancellationToken cancellationToken) => Task.Run(() => _tickets.Enqueue(ticket), cancellationToken);

    public async Task CancelAsync(string ticketId, CancellationToken cancellationToken)
    {
        await Task.Run(() => _tickets.Cancel(ticketId), cancellationToken).ConfigureAwait(false);
        _runs.End(ticketId);
    }

    public Task<IReadOnlyList<EngineEntry>> ListAsync(CancellationToken cancellationToken) => Task.Run(_tickets.List, cancellationToken);

    public Task SetRecurringAsync(IReadOnlyList<RecurringEntry> entries, CancellationToken cancellationToken) =>
        Task.Run(() => _recurring.Set(entries), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _gate.Dispose();
    }

    private BackgroundJobServerOptions ServerOptions() => new()
    {
        ServerName = Environment.MachineName,
        WorkerCount = _options.MaxConcurrentJobs,
        Queues = TicketQueues.All,
        Activator = new OwnActivator(_runs, HandBackAsync, _log),
        FilterProvider = _store.Filters,
        SchedulePollingInterval = _times.Poll,
        CancellationCheckInterval = _times.Poll,
        HeartbeatInterval = TimeSpan.FromSeconds(5),
        ServerCheckInterval = TimeSpan.FromSeconds(15),
        ServerTimeout = TimeSpan.FromMinutes(1),

        // A pause ends no run. The stop does, by the runs' own tokens.
        StopTimeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>A run that this node ended is another's, or that of the next start. One that was cancelled is nobody's any more.</summary>
    private Task HandBackAsync(EngineTicket ticket) => _isStopping ? EnqueueAsync(ticket, CancellationToken.None) : Task.CompletedTask;

    /// <summary>A server that was told to stop cannot go on; there is a new one at the next start, while the old one ends its runs.</summary>
    private void Retire()
    {
        if (_server is { } server)
        {
            server.SendStop();
            _retired.Add(server);
            _server = null;
        }
    }

    private async Task EndAsync()
    {
        Retire();
        _isStopping = true;
        _runs.EndAll();
        using var patience = new CancellationTokenSource(EndPatience);
        foreach (var server in _retired)
        {
            try
            {
                await server.WaitForShutdownAsync(patience.Token).ConfigureAwait(false);
                server.Dispose();
            }
            catch (OperationCanceledException)
            {
                // Disposing would wait for ever. Its threads do not keep the process.
                NotEnded(_log, EndPatience);
            }
        }

        _retired.Clear();
        _store.Close();
    }

    private async Task AloneAsync(Func<Task> change, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Task.Run(change, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }
}
