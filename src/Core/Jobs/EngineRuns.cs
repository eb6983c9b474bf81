using System.Collections.Concurrent;
using Flatfile.Agent.Core.Jobs.Recurring;
using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>What an engine calls when something is due. Knows the runs of this process, so that an engine can end them.</summary>
/// <remarks>An engine's own token is not enough for that: some engines trip it late, and none trips it for a single ticket at once.</remarks>
public sealed class EngineRuns(IJobRunner runner, IServiceProvider services)
{
    private readonly ConcurrentDictionary<long, (string Id, CancellationTokenSource End)> _inHand = new();
    private long _last;

    /// <summary>The tickets that run in this process.</summary>
    public IReadOnlyCollection<string> TicketIds => [.. _inHand.Values.Select(r => r.Id)];

    /// <summary>Runs a ticket to the end of its run.</summary>
    /// <param name="ticketId">The ticket.</param>
    /// <param name="cancellationToken">The engine's: it stops, or the run is not wanted any more.</param>
    public async Task RunAsync(string ticketId, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var number = Interlocked.Increment(ref _last);
        _inHand[number] = (ticketId, end);
        try
        {
            await runner.RunAsync(ticketId, end.Token).ConfigureAwait(false);
        }
        finally
        {
            _inHand.TryRemove(number, out _);
        }
    }

    /// <summary>Starts recurring work. Without anything recurring in this agent, nothing happens.</summary>
    public Task FireAsync(string recurringId, FireCause cause, CancellationToken cancellationToken) =>
        services.GetService<IRecurringRunner>()?.FireAsync(recurringId, cause, cancellationToken) ?? Task.CompletedTask;

    /// <summary>Trips the token of a ticket's runs in this process. False when there is none.</summary>
    public bool End(string ticketId) => End(r => r == ticketId);

    /// <summary>Trips the tokens of all runs in this process.</summary>
    public void EndAll() => End(_ => true);

    private bool End(Func<string, bool> which)
    {
        var found = false;
        foreach (var (id, end) in _inHand.Values)
        {
            if (!which(id))
            {
                continue;
            }

            found = true;
            try
            {
                end.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended by itself at the same moment.
            }
        }

        return found;
    }
}
