using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>The runs of this process: for each piece of work one after the other, under a lease of the work's own.</summary>
internal sealed partial class RecurringRuns(
    RecurringCatalog catalog, IRecurringStore store, RecurringAttempt attempt, ILeases leases, AgentOwner owner, ShutdownSignals signals,
    IOptions<AgentOptions> options, TimeProvider time, ILogger<RecurringRuns> log)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Going> _going = new(StringComparer.Ordinal);

    /// <summary>Has the open runs of a piece of work begun, unless this process is at it already.</summary>
    /// <param name="id">The work.</param>
    /// <param name="cancellationToken">Fires when this process is not the elected one any more.</param>
    public void Start(string id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_going.ContainsKey(id))
            {
                var going = new Going();
                _going[id] = going;
                going.Task = Task.Run(() => GoAsync(id, going, cancellationToken), CancellationToken.None);
            }
        }
    }

    /// <summary>A later slot wants the place of the run of this number.</summary>
    public void Replace(string id, long number)
    {
        lock (_lock)
        {
            if (_going.TryGetValue(id, out var going) && going.Number == number)
            {
                going.Replaced?.Cancel();
            }
        }
    }

    /// <summary>Returns when none goes on.</summary>
    public async Task WhenIdleAsync()
    {
        List<Task> tasks;
        lock (_lock)
        {
            tasks = [.. _going.Values.Select(g => g.Task)];
        }

        await Task.WhenAll(tasks).ConfigureAwait(false);
    }

    private async Task GoAsync(string id, Going going, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, signals.Halted);
        try
        {
            await new LeaseHolder(leases, "recurring:" + id, owner, options.Value.RecurringTakeover, time, log)
                .RunAsync((lease, held) => RunOpenAsync(id, going, lease, held), ends.Token).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            // Only the store fails like this. What is open is found again at the next look.
            if (!ends.IsCancellationRequested)
            {
                Broken(log, fault, id);
            }
        }
        finally
        {
            lock (_lock)
            {
                _going.Remove(id);
            }
        }
    }

    private async Task RunOpenAsync(string id, Going going, Lease lease, CancellationToken held)
    {
        while (!held.IsCancellationRequested && !signals.Stopping.IsCancellationRequested)
        {
            var (_, open) = await store.ReadAsync(held).ConfigureAwait(false);
            if (open.FirstOrDefault(r => r.Id == id) is not { } next || catalog.Find(id) is not { } work)
            {
                return;
            }

            using var replaced = new CancellationTokenSource();
            lock (_lock)
            {
                (going.Number, going.Replaced) = (next.Number, replaced);
            }

            try
            {
                await attempt.RunAsync(next, work, lease, held, replaced.Token).ConfigureAwait(false);
            }
            finally
            {
                lock (_lock)
                {
                    (going.Number, going.Replaced) = (0, null);
                }
            }
        }
    }

    /// <summary>What goes on for one piece of work.</summary>
    private sealed class Going
    {
        public Task Task { get; set; } = Task.CompletedTask;

        public long Number { get; set; }

        public CancellationTokenSource? Replaced { get; set; }
    }
}
