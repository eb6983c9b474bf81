using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Jobs;

/// <summary>What the server does to the jobs it runs itself.</summary>
internal static class ServedJob
{
    /// <summary>The server puts down what a job of its own is configured to do, once that is settled.</summary>
    public static void Configure(SpaceWrite write, ResourceId id, JsonObject config)
    {
        var job = ResourceTable.Jobs.Get(write.Connection, id);
        job["config"] = config;
        JobStore.Store(write, id, job);
    }

    /// <summary>The server takes up a job of its own; null when it is not due any more.</summary>
    public static (JsonObject Job, JsonObject? Checkpoint, long Attempts)? Begin(SpaceWrite write, ResourceId id)
    {
        if (ResourceTable.Jobs.Find(write.Connection, id.Number) is not { } job || job.Text("status") is not (JobStatus.Ready or JobStatus.Executing))
        {
            JobRuns.Follow(write.Connection, id.Number, due: false);
            return null;
        }

        var (attempts, checkpoint) = JobRuns.Begin(write.Connection, id.Number);
        if (job.Text("status") == JobStatus.Ready)
        {
            job["status"] = JobStatus.Executing;
            job.TryAdd("startedAt", write.NowText);
            JobStore.Store(write, id, job);
            JobStore.Announce(write, Topics.JobUpdated, job);
        }

        return (job, checkpoint, attempts);
    }

    /// <summary>The server says how far a job of its own is.</summary>
    public static void Progress(SpaceWrite write, ResourceId id, double percent, string? info)
    {
        var job = ResourceTable.Jobs.Get(write.Connection, id);
        job["progress"] = percent;
        job["info"] = info ?? job.Text("info");
        JobStore.Store(write, id, job);
        JobStore.Announce(write, Topics.JobUpdated, job);
    }

    /// <summary>The server gives up a job of its own, with the reason; one that ended meanwhile stays as it is.</summary>
    public static void Fail(SpaceWrite write, ResourceId id, string reason)
    {
        if (ResourceTable.Jobs.Find(write.Connection, id.Number) is { } job && !JobStore.IsEnd(job.Text("status")!))
        {
            JobMachine.End(write, id, JobStatus.Failed, new JsonObject
            {
                ["info"] = reason,
                ["outcome"] = new JsonObject { ["acknowledge"] = true, ["message"] = reason },
            });
        }
    }
}
