using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Jobs;

/// <summary>A job the server runs by itself. Register it as <see cref="ISystemJob"/>; the runner finds it by its name.</summary>
/// <remarks>
/// A run may begin again after a crash: everything it changes goes through <see cref="SystemJobRun.WriteAsync{T}"/>, where each step is
/// committed with the checkpoint that says it is done.
/// </remarks>
internal interface ISystemJob
{
    /// <summary>Type and operation, such as <c>workbook:delete-records</c>.</summary>
    string Name { get; }

    /// <summary>Whether a job of this name is the server's at all: a name may also stand for an action of somebody's own.</summary>
    bool Takes(JsonObject job) => true;

    /// <summary>All faults of a new job's <c>config</c>, <c>input</c>, <c>destination</c>, …; none when it can run. Answered as one 400.</summary>
    IEnumerable<ApiFault> Check(SpaceRead read, JsonObject job);

    /// <summary>
    /// Runs to the end and says what came of it. An <see cref="ApiRefusal"/> or <see cref="Records.RecordBodyException"/> thrown here fails the job
    /// with its message; storage that is full or away makes the run begin again later.
    /// </summary>
    Task<JobOutcome> RunAsync(SystemJobRun run);
}
