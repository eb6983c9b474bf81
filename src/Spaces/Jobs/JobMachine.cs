using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Spaces;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Jobs;

/// <summary>The states of a job and the ways between them. An end is final: only <see cref="Retry"/> leads out of failed and canceled.</summary>
internal static class JobMachine
{
    /// <summary>Makes a job ready; <c>job:ready</c> is raised once in its life, and once more for each retry.</summary>
    public static void Execute(SpaceWrite write, ResourceId id)
    {
        var job = ResourceTable.Jobs.Get(write.Connection, id);
        var status = job.Text("status")!;
        if (JobStore.IsEnd(status))
        {
            throw ApiRefusal.Conflict("status", $"The job is {status} and cannot be executed. Retry it, or create a new one.");
        }

        if (status == JobStatus.Executing || job.Text("trigger") == JobTrigger.Immediate || job.Text("executedAt") is not null)
        {
            return;
        }

        if (JobPredecessors.IsWaiting(write.Connection, id))
        {
            Wait(write, id, job);
            return;
        }

        MakeReady(write, id, job);
    }

    /// <summary>Nothing holds the job any more.</summary>
    public static void MakeReady(SpaceWrite write, ResourceId id, JsonObject job)
    {
        job["executedAt"] = write.NowText;
        job["status"] = JobStatus.Ready;
        JobStore.Store(write, id, job);
        if (!JobRuns.Has(write.Connection, id.Number))
        {
            JobStore.Announce(write, Topics.JobReady, job);
        }
    }

    /// <summary>
    /// A worker takes the job, or says how far it is. On an ended job nothing happens: a late tick is no fault. Nor on one the server runs:
    /// how far that is, the server knows better.
    /// </summary>
    public static JsonObject Acknowledge(SpaceWrite write, ResourceId id, JsonObject given)
    {
        var job = ResourceTable.Jobs.Get(write.Connection, id);
        if (JobStore.IsEnd(job.Text("status")!) || JobRuns.Has(write.Connection, id.Number))
        {
            return job;
        }

        if (job.Text("status") is JobStatus.Created or JobStatus.Ready)
        {
            job["status"] = JobStatus.Executing;
            job.TryAdd("startedAt", write.NowText);
        }

        foreach (var member in new[] { "info", "progress", "estimatedCompletionAt" })
        {
            if (given[member] is not null)
            {
                job[member] = given.Copy(member);
            }
        }

        JobStore.Store(write, id, job);
        JobStore.Announce(write, Topics.JobUpdated, job);
        return job;
    }

    /// <summary>Ends a job as complete, failed or canceled. The same end again changes nothing; another one is a conflict.</summary>
    public static JsonObject End(SpaceWrite write, ResourceId id, string end, JsonObject given, bool byServer = false)
    {
        var job = ResourceTable.Jobs.Get(write.Connection, id);
        var status = job.Text("status")!;
        if (status == end)
        {
            return job;
        }

        if (JobStore.IsEnd(status))
        {
            throw ApiRefusal.Conflict("status", $"The job is {status} since {job.Text("finishedAt")} and cannot become {end}.");
        }

        if (end == JobStatus.Complete && !byServer && JobRuns.Has(write.Connection, id.Number))
        {
            throw ApiRefusal.Conflict("status", "The server runs this job and completes it itself. It can be canceled.");
        }

        if (end == JobStatus.Complete)
        {
            JobParts.MayComplete(write, id);
        }

        foreach (var member in new[] { "info", "outcome" })
        {
            if (given[member] is not null)
            {
                job[member] = given.Copy(member);
            }
        }

        job["status"] = end;
        Finish(write, job);
        JobStore.Store(write, id, job);
        JobStore.Announce(write, TopicOf(end), job);
        Ended(write, id, job);
        return job;
    }

    /// <summary>Runs a failed or canceled job once more.</summary>
    public static JsonObject Retry(SpaceWrite write, ResourceId id)
    {
        var job = ResourceTable.Jobs.Get(write.Connection, id);
        if (job.Text("status") is not (JobStatus.Failed or JobStatus.Canceled))
        {
            throw ApiRefusal.Conflict("status", $"Only a failed or canceled job can be retried; this one is {job.Text("status")}.");
        }

        JobParts.MayRetry(write, job);
        if (JobPredecessors.Note(write, id, job) is { } hopeless)
        {
            throw ApiRefusal.Conflict("predecessorIds", hopeless);
        }

        foreach (var member in new[] { "finishedAt", "outcome", "startedAt", "info", "outcomeAcknowledgedAt", "executedAt" })
        {
            job.Remove(member);
        }

        job["progress"] = 0;
        if (JobPredecessors.IsWaiting(write.Connection, id))
        {
            return Wait(write, id, job);
        }

        job["status"] = JobStatus.Ready;
        job["executedAt"] = write.NowText;
        JobStore.Store(write, id, job);
        JobStore.Announce(write, Topics.JobUpdated, job);
        if (!JobRuns.Has(write.Connection, id.Number))
        {
            JobStore.Announce(write, Topics.JobReady, job);
        }

        return job;
    }

    /// <summary>Cancels a job for a reason outside it; one that has ended meanwhile, or is gone, stays as it is.</summary>
    public static void Cancel(SpaceWrite write, ResourceId id, string reason)
    {
        if (ResourceTable.Jobs.Find(write.Connection, id.Number) is { } job && !JobStore.IsEnd(job.Text("status")!))
        {
            End(write, id, JobStatus.Canceled, new JsonObject { ["info"] = reason });
        }
    }

    /// <summary>Changes progress, info, config, metadata or, within the machine, the status.</summary>
    public static JsonObject Update(SpaceWrite write, ResourceId id, JsonObject given)
    {
        var job = ResourceTable.Jobs.Get(write.Connection, id);
        var before = job.Text("status")!;
        var after = given.Text("status") ?? before;
        if (after != before && JobStore.IsEnd(before))
        {
            throw ApiRefusal.Conflict("status", $"The job is {before} and cannot become {after}.");
        }

        if (after != before && after is not (JobStatus.Canceled or JobStatus.Failed) && JobRuns.Has(write.Connection, id.Number))
        {
            throw ApiRefusal.Conflict("status", $"The server runs this job and moves it itself; it cannot be set to {after}. It can be executed or canceled.");
        }

        if (after != before && (after == JobStatus.Created || (after == JobStatus.Planning && before != JobStatus.Created)))
        {
            throw ApiRefusal.Conflict("status", $"The job is {before} and cannot become {after} again.");
        }

        if (after is JobStatus.Ready or JobStatus.Executing && before != after && JobPredecessors.IsWaiting(write.Connection, id))
        {
            throw ApiRefusal.Conflict("predecessorIds", $"The job waits for others to be complete and cannot become {after} before.");
        }

        if (after == JobStatus.Complete && before != after)
        {
            JobParts.MayComplete(write, id);
        }

        foreach (var member in new[] { "progress", "info", "config", "metadata", "outcomeAcknowledgedAt" })
        {
            if (given[member] is not null)
            {
                job[member] = given.Copy(member);
            }
        }

        job["status"] = after;
        if (after != before && JobStore.IsEnd(after))
        {
            Finish(write, job);
        }
        else if (after != before && after == JobStatus.Executing)
        {
            job.TryAdd("startedAt", write.NowText);
        }
        else if (after != before && after == JobStatus.Ready)
        {
            job["executedAt"] = write.NowText;
        }

        JobStore.Store(write, id, job);
        JobStore.Announce(write, Topics.JobUpdated, job);
        if (after != before && TopicOf(after) is not Topics.JobUpdated)
        {
            JobStore.Announce(write, TopicOf(after), job);
        }

        if (after != before && JobStore.IsEnd(after))
        {
            Ended(write, id, job);
        }

        return job;
    }

    private static string TopicOf(string status) => status switch
    {
        JobStatus.Ready => Topics.JobReady,
        JobStatus.Complete => Topics.JobCompleted,
        JobStatus.Failed => Topics.JobFailed,
        _ => Topics.JobUpdated,
    };

    private static void Finish(SpaceWrite write, JsonObject job)
    {
        job["finishedAt"] = write.NowText;
        if (job.Text("status") == JobStatus.Complete)
        {
            job["progress"] = 100;
            if (job.Text("type") == "space" && job.Text("operation") == "configure")
            {
                SpaceChange.Configured(write);
            }
        }
    }

    /// <summary>The job waits for others.</summary>
    public static JsonObject Wait(SpaceWrite write, ResourceId id, JsonObject job)
    {
        if (job.Text("status") != JobStatus.Waiting)
        {
            job["status"] = JobStatus.Waiting;
            JobStore.Store(write, id, job);
            JobStore.Announce(write, Topics.JobUpdated, job);
        }

        return job;
    }

    /// <summary>Who waited for the job, its parts and its whole learn that it has ended.</summary>
    private static void Ended(SpaceWrite write, ResourceId id, JsonObject job)
    {
        JobPredecessors.Ended(write, id, job.Text("status")!);
        JobParts.Ended(write, id, job);
    }
}
