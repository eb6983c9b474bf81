using System.Collections.Concurrent;
using Contracts.Support;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Recurring;

namespace Core.Tests.Support;

/// <summary>An engine without memory: what it forgets at the end of the process, the reconciler must find.</summary>
internal sealed class TaskEngine(IJobRunner runner) : IJobEngine
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<(string Id, DateTimeOffset? Due)> _early = [];
    private bool _started;

    public string Name => "Task";

    /// <summary>Every ticket handed over.</summary>
    public Arrivals<(string Id, DateTimeOffset? NotBefore)> Enqueued { get; } = new("enqueued tickets");

    /// <summary>Tickets it had when it was started.</summary>
    public IReadOnlyList<string> AtStart { get; private set; } = [];

    /// <summary>Throws when it is set.</summary>
    public Action<string> OnEnqueue { get; set; } = _ => { };

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _started = true;
        AtStart = [.. _early.Select(t => t.Id)];
        while (_early.TryTake(out var ticket))
        {
            _ = RunAsync(ticket.Id, ticket.Due);
        }

        return Task.CompletedTask;
    }

    public Task PauseAsync(CancellationToken cancellationToken)
    {
        _started = false;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _stop.CancelAsync();

    public IEnumerable<string> FaultsInSettings() => [];

    public Task CancelAsync(string ticketId, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>It remembers nothing, so that everything is handed over again.</summary>
    public Task<IReadOnlyList<EngineEntry>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<EngineEntry>>([]);

    public Task SetRecurringAsync(IReadOnlyList<RecurringEntry> entries, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task EnqueueAsync(EngineTicket ticket, CancellationToken cancellationToken)
    {
        var (ticketId, notBefore) = (ticket.Id, ticket.NotBefore);
        OnEnqueue(ticketId);
        Enqueued.Add((ticketId, notBefore));
        if (_started)
        {
            _ = RunAsync(ticketId, notBefore);
        }
        else
        {
            _early.Add((ticketId, notBefore));
        }

        return Task.CompletedTask;
    }

    private async Task RunAsync(string ticketId, DateTimeOffset? due)
    {
        var wait = (due ?? DateTimeOffset.MinValue) - TimeProvider.System.GetUtcNow();
        await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Yield();
        if (_started && !_stop.IsCancellationRequested)
        {
            await runner.RunAsync(ticketId, _stop.Token);
        }
    }
}
