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

    /// <summary>Scoped to event, job, handler and attempt.</summary>
    public abstract ILogger Logger { get; }

    /// <summary>Fires when the worker is going down: save a checkpoint and return control soon. Not a cancellation of the job.</summary>
    public abstract CancellationToken Stopping { get; }

    /// <summary>Reports progress. Returns at once: reports are coalesced, the latest wins, and none is sent after the job's end.</summary>
    /// <param name="percent">0 to 100; a lower value than before is ignored.</param>
    /// <param name="info">One line a person reads while waiting.</param>
    public abstract void Report(double percent, string? info = null);

    /// <summary>The state saved by an earlier run of this job, or the default when there is none.</summary>
    public abstract Task<T?> LoadCheckpointAsync<T>(CancellationToken cancellationToken);

    /// <summary>Saves a small state durably before it returns. The latest replaces the one before.</summary>
    public abstract Task SaveCheckpointAsync<T>(T state, CancellationToken cancellationToken);
}
