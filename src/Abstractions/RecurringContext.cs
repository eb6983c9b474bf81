using Microsoft.Extensions.Logging;

namespace Flatfile.Agent;

/// <summary>What recurring work sees of its run.</summary>
public abstract class RecurringContext
{
    /// <summary>What settings and commands call the work.</summary>
    public abstract string Id { get; }

    /// <summary>The moment the run stands for: that of the cron expression, or when a person asked.</summary>
    public abstract DateTimeOffset Slot { get; }

    /// <summary>True when a person asked for the run.</summary>
    public abstract bool IsAsked { get; }

    /// <summary>What the person who asked said, such as <c>dryRun</c>; empty for a slot.</summary>
    public abstract IReadOnlyDictionary<string, string> Arguments { get; }

    /// <summary>1 on the first try; more when the process of an earlier one died.</summary>
    public abstract int Attempt { get; }

    /// <summary>Scoped to the work and its slot.</summary>
    public abstract ILogger Logger { get; }

    /// <summary>Fires when the agent is going down: come to an end soon.</summary>
    public abstract CancellationToken Stopping { get; }

    /// <summary>A folder of this work in the data folder of the agent, for files that outlive the run. Made when it is first asked for.</summary>
    public abstract string Folder { get; }

    /// <summary>The state saved last, by this run or an earlier one, or the default when there is none.</summary>
    public abstract Task<T?> LoadStateAsync<T>(CancellationToken cancellationToken);

    /// <summary>Saves a small state durably before it returns. The latest replaces the one before.</summary>
    /// <exception cref="InvalidOperationException">This run lost its right to run: another agent has it. Nothing was saved.</exception>
    public abstract Task SaveStateAsync<T>(T state, CancellationToken cancellationToken);
}
