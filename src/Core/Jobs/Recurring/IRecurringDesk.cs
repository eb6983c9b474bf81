namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>Where an operator sees and steers recurring work. Works on every agent; what is asked for is done by the elected one.</summary>
public interface IRecurringDesk
{
    /// <summary>All work, by id.</summary>
    Task<IReadOnlyList<RecurringStatus>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The latest runs of one piece of work, the newest first.</summary>
    /// <exception cref="KeyNotFoundException">There is no work of this id.</exception>
    Task<IReadOnlyList<RecurringRun>> RunsAsync(string id, int limit, CancellationToken cancellationToken);

    /// <summary>One run, or null when there is none of this number.</summary>
    Task<RecurringRun?> FindAsync(long number, CancellationToken cancellationToken);

    /// <summary>Has it run now, also when it is paused. Returns the number of the run when that is stored.</summary>
    /// <param name="id">The work.</param>
    /// <param name="arguments">What the handler is to know, such as <c>dryRun</c>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="KeyNotFoundException">There is no work of this id.</exception>
    Task<long> RunNowAsync(string id, IReadOnlyDictionary<string, string>? arguments, CancellationToken cancellationToken);

    /// <summary>No slot is run any more until it is resumed. A run in hand goes on.</summary>
    /// <exception cref="KeyNotFoundException">There is no work of this id.</exception>
    /// <exception cref="InvalidOperationException">The settings say whether it is paused.</exception>
    Task PauseAsync(string id, CancellationToken cancellationToken);

    /// <summary>Goes on with the first slot from now. What passed meanwhile is not made up.</summary>
    /// <exception cref="KeyNotFoundException">There is no work of this id.</exception>
    /// <exception cref="InvalidOperationException">The settings say whether it is paused.</exception>
    Task ResumeAsync(string id, CancellationToken cancellationToken);
}
