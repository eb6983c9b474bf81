namespace Flatfile.Agent;

/// <summary>Runs a Flatfile job as durable work: acknowledged, reported, and always ended by complete or fail.</summary>
/// <remarks>
/// Bound by <see cref="OnJobAttribute"/>. Survives the death of the process: the job is run again from the start,
/// with the last <see cref="JobContext.CheckpointAsync{T}"/> at hand. Effects must therefore be safe to repeat.
/// </remarks>
public interface IJobHandler
{
    /// <summary>Runs one attempt.</summary>
    /// <param name="context">The job, its progress and its checkpoint.</param>
    /// <param name="cancellationToken">Fires when the job is cancelled in Flatfile, and when the shutdown grace time is over.</param>
    /// <returns>The outcome shown to the person.</returns>
    /// <exception cref="JobFailedException">The job cannot succeed; the message is shown to the person and nothing is retried.</exception>
    Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken);
}
