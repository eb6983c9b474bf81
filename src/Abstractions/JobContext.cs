using Microsoft.Extensions.Logging;

namespace Flatfile.Agent;

/// <summary>What a job handler sees of its run.</summary>
public abstract class JobContext
{
    /// <summary>The Flatfile job, <c>us_jb_…</c>.</summary>
    public abstract string JobId { get; }

    /// <summary>The <c>job:ready</c> event that started it.</summary>
    public abstract FlatfileEvent Event { get; }

    /// <summary>1 on the first run; stored durably before the run starts.</summary>
    public abstract int Attempt { get; }

    /// <summary>The part this run works on, when the job is one that <see cref="SplitAsync"/> made; null for a whole job.</summary>
    public abstract JobPart? Part { get; }

    /// <summary>Scoped to event, job, handler and attempt.</summary>
    public abstract ILogger Logger { get; }

    /// <summary>Fires when the worker is going down: save a checkpoint and return control soon. Not a cancellation of the job.</summary>
    public abstract CancellationToken Stopping { get; }

    /// <summary>Reports progress. Returns at once: reports are coalesced, the latest wins, and none is sent after the job's end.</summary>
    /// <param name="percent">0 to 100; a lower value than before is ignored.</param>
    /// <param name="info">One line a person reads while waiting.</param>
    public abstract void Report(double percent, string? info = null);

    /// <summary>Begins a step of the work, with progress of its own. Steps beside each other add up, and a step may have steps of its own.</summary>
    /// <param name="name">What a person reads while it goes on, such as <c>Reading</c>.</param>
    /// <param name="share">How much of the whole it is, in percent; more than 0. All shares together are at most 100.</param>
    public abstract JobStep Step(string name, double share);

    /// <summary>Saves a small state durably before it returns. The latest replaces the one before.</summary>
    public abstract Task CheckpointAsync<T>(T state, CancellationToken cancellationToken);

    /// <summary>The state the last <see cref="CheckpointAsync{T}"/> of this job saved, in this run or an earlier one; the default when there is none.</summary>
    public abstract Task<T?> ResumeAsync<T>(CancellationToken cancellationToken);

    /// <summary>
    /// Goes through the rows of a sheet page by page and remembers durably each page that was handled, so that a later run goes on with the next one.
    /// </summary>
    /// <remarks>
    /// A page that was being handled when the process died is handled again: give its writes <see cref="SheetPage.WriteKey"/>. While pages are
    /// gone through, nothing may take rows out of the selection before the place that was reached; a row that was the last of a handled page is
    /// looked for again when a later run goes on.
    /// </remarks>
    /// <param name="query">Which rows. A job that goes through the same sheet twice gives each way a <see cref="SheetQuery.Name"/>.</param>
    /// <param name="handle">Handles one page. What it throws ends the run, and the page is not remembered.</param>
    /// <param name="cancellationToken">Ends it between two pages and within them.</param>
    /// <returns>The rows handled, by earlier runs too.</returns>
    public abstract Task<long> ForEachPageAsync(SheetQuery query, Func<SheetPage, CancellationToken, Task> handle, CancellationToken cancellationToken);

    /// <summary>
    /// Splits the job into parts: jobs of their own, run beside each other by the same handler, each with its tries and its checkpoint. The call
    /// ends this run; when the last part has ended, the handler runs once more, comes to this call again, and gets what became of the parts.
    /// </summary>
    /// <remarks>What stands before the call is done in both runs and must be safe to repeat. The parts are those of the first call; a later one changes nothing.</remarks>
    /// <param name="parts">At least one, at most 1,000. A part cannot be split again.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>One for each part, in their order.</returns>
    public abstract Task<IReadOnlyList<JobPartResult>> SplitAsync(IReadOnlyList<JobPartPlan> parts, CancellationToken cancellationToken);
}
