namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>Where another clock than the agent's own says that recurring work is to run.</summary>
public interface IRecurringRunner
{
    /// <summary>
    /// Looks whether a slot is due and has it run, or has the work run because a person asked. A slot that was taken already, by whatever clock,
    /// is not run again. Returns when that is stored, not when the run is over.
    /// </summary>
    /// <exception cref="KeyNotFoundException">There is no work of this id.</exception>
    Task FireAsync(string recurringId, FireCause cause, CancellationToken cancellationToken);
}
