using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Jobs;

/// <summary>One run of a job by the server: reads, steps with checkpoints, and progress.</summary>
internal sealed class SystemJobRun(SpaceFolder space, ResourceId id, JsonObject job, JsonObject? checkpoint, TimeProvider time, CancellationToken cancelled)
{
    /// <summary>How often progress is told; what comes in between is passed over.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private JsonObject? _saved;
    private long? _reported;
    private double _percent;

    /// <summary>The job as it was when the run began.</summary>
    public JsonObject Job { get; } = job;

    public ResourceId JobId { get; } = id;

    public SpaceFolder Space { get; } = space;

    /// <summary>The job's <c>config</c>; empty when there is none.</summary>
    public JsonObject Config { get; } = job["config"] as JsonObject ?? [];

    /// <summary>What an earlier run of this job, or an earlier step of this one, has saved; null at the very beginning.</summary>
    public JsonObject? Checkpoint { get; private set; } = checkpoint;

    /// <summary>Signals that the job was canceled or ended from outside, or that the server stops.</summary>
    public CancellationToken Cancelled { get; } = cancelled;

    /// <summary>Reads one snapshot of the space.</summary>
    public Task<T> ReadAsync<T>(Func<SpaceRead, T> read) => Space.ReadAsync(read, Cancelled);

    /// <summary>
    /// Does one step, in the name of who created the job, in one transaction. Call <see cref="Save"/> inside, so that the step is not done twice.
    /// When the job does not run any more, nothing is done and the run ends.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<SpaceWrite, T> step)
    {
        _saved = null;
        var result = await Space.WriteAsync(
            Job.Text("createdBy") ?? "",
            write =>
            {
                if (write.Connection.Scalar("SELECT state FROM jobs WHERE number = $job", ("$job", JobId.Number)) as string != JobStatus.Executing)
                {
                    throw new OperationCanceledException($"Job {JobId} does not run any more.");
                }

                return step(write);
            },
            Cancelled).ConfigureAwait(false);
        Checkpoint = _saved ?? Checkpoint;
        return result;
    }

    /// <summary>Stores with the step how far the run is.</summary>
    public void Save(SpaceWrite write, JsonObject checkpoint)
    {
        _saved = (JsonObject)checkpoint.DeepClone();
        JobRuns.Save(write.Connection, JobId.Number, checkpoint);
    }

    /// <summary>Tells progress with the step: at most twice a second, never backwards, below 100 until the end.</summary>
    public void Report(SpaceWrite write, double percent, string? info = null)
    {
        _percent = Math.Max(_percent, Math.Clamp(Math.Round(percent, 1), 0, 99));
        if (_reported is { } last && time.GetElapsedTime(last) < Pause)
        {
            return;
        }

        _reported = time.GetTimestamp();
        ServedJob.Progress(write, JobId, _percent, info);
    }
}
