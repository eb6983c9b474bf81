using Flatfile.Agent.Core.Store;

namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>The durable truth about recurring work: which slots were decided, which runs are open, how the last ones ended.</summary>
internal interface IRecurringStore
{
    /// <summary>All rows, and all runs that have not ended, in the order they were decided.</summary>
    Task<(IReadOnlyList<RecurringRow> Rows, IReadOnlyList<RecurringRun> Open)> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Makes the row of a piece of work, or gives one that was computed for another schedule its new next slot.</summary>
    Task TrackAsync(string id, string schedule, DateTimeOffset? next, CancellationToken cancellationToken);

    /// <summary>Takes a slot, once over all agents: false when another one took it, or the work is paused.</summary>
    Task<bool> DecideAsync(SlotDecision decision, CancellationToken cancellationToken);

    /// <summary>Stores that a person wants a run. Returns its number.</summary>
    Task<long> AskAsync(string id, DateTimeOffset now, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken);

    /// <summary>Begins a run, or takes one up whose process died: attempt and deaths grow and are durable when this returns. Null when it has ended.</summary>
    /// <exception cref="LeaseGoneException">Somebody else has the right to run.</exception>
    Task<RecurringRun?> BeginAsync(RecurringRun run, Lease lease, string node, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Ends a run.</summary>
    /// <exception cref="LeaseGoneException">Somebody else has the right to run.</exception>
    Task EndAsync(RecurringRun run, Lease lease, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Puts a run back to wait; it was broken off in order.</summary>
    /// <exception cref="LeaseGoneException">Somebody else has the right to run.</exception>
    Task ReturnAsync(RecurringRun run, Lease lease, CancellationToken cancellationToken);

    /// <summary>Pauses, or goes on with the given next slot.</summary>
    Task PauseAsync(string id, bool paused, DateTimeOffset? next, CancellationToken cancellationToken);

    /// <summary>The saved state of a piece of work, or null.</summary>
    Task<byte[]?> LoadStateAsync(string id, CancellationToken cancellationToken);

    /// <summary>Saves the state of a piece of work; deaths of the run before it no longer count.</summary>
    /// <exception cref="LeaseGoneException">Somebody else has the right to run.</exception>
    Task SaveStateAsync(RecurringRun run, Lease lease, byte[] state, CancellationToken cancellationToken);

    /// <summary>The latest runs, the newest first; of one piece of work, or of all.</summary>
    Task<IReadOnlyList<RecurringRun>> LatestAsync(string? id, int limit, CancellationToken cancellationToken);

    /// <summary>One run, or null.</summary>
    Task<RecurringRun?> FindAsync(long number, CancellationToken cancellationToken);
}
