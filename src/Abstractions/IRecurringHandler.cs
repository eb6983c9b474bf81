namespace Flatfile.Agent;

/// <summary>Work that comes again by the clock, such as cleaning up. Its times stand in <see cref="RecurringAttribute"/>.</summary>
/// <remarks>
/// Each slot is run at most once over all agents that share a store, one run at a time. Made anew for each run; constructor parameters come
/// from dependency injection. A run whose process died is begun again by another agent, with what it saved by
/// <see cref="RecurringContext.SaveStateAsync{T}"/> at hand: its effects must be safe to repeat. An exception ends the run as failed; the next
/// slot tries again.
/// </remarks>
public interface IRecurringHandler
{
    /// <summary>Runs one slot.</summary>
    /// <param name="context">The slot, and what earlier runs saved.</param>
    /// <param name="cancellationToken">Fires when the run is replaced, takes too long, lost its right to run, or the shutdown grace time is over.</param>
    /// <returns>What the operator sees of the run.</returns>
    Task<RecurringResult> RunAsync(RecurringContext context, CancellationToken cancellationToken);
}
