using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Jobs.Plans;
using Flatfile.Spaces.Spaces;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Jobs;

/// <summary>The states of a job and the ways between them. An end is final: only <see cref="Retry"/> leads out of failed and canceled.</summary>
internal static class JobStore
{
    private static readonly string[] Startable = [JobStatus.Created, JobStatus.Planning, JobStatus.Scheduled, JobStatus.Ready, JobStatus.Waiting];

    /// <summary>
    /// Creates a job. An immediate one is ready at once and says so; one created as ready says so when it is executed. One the server runs
    /// never says it is ready: a listener that took it would do the work a second time.
    /// </summary>
    public static JsonObject Create(SpaceWrite write, JsonObject given, bool served = false, JsonObject? plan = null)
    {
        var type = given.Text("type")!;
        var source = given.Text("source")!;
        var context = JobSource.Context(write, type, source);
        var immediate = given.Text("trigger") == JobTrigger.Immediate;
        var id = write.NewId(IdPrefix.Job);
        var job = new JsonObject
        {
            ["id"] = id.ToString(),
            ["status"] = immediate ? JobStatus.Ready : plan is not null ? JobStatus.Planning : given.Text("status") ?? JobStatus.Created,
            ["environmentId"] = write.Folder.EnvironmentId,
            ["spaceId"] = write.SpaceId,
            ["createdBy"] = write.ActorId,
            ["createdAt"] = write.NowText,
            ["updatedAt"] = write.NowText,
        };
        BodyMerge.Into(job, given, BodyMerge.Job);
        job.TryAdd("trigger", JobTrigger.Manual);
        job.TryAdd("mode", "background");
        job.TryAdd("progress", 0);
        job.TryAdd("managed", false);
        if (type == "file")
        {
            job["fileId"] = source;
        }

        StartedAction.Note(write, job);
        var parent = job.Text("parentId") is { } whole ? write.Own(ResourceTable.Jobs, whole).Number : (long?)null;
        ResourceTable.Jobs.Insert(write.Connection, id, job, parent, job.Text("status"));
        if (served)
        {
            JobRuns.Add(write.Connection, id.Number);
        }

        Announce(write, Topics.JobCreated, job, context, JobStatus.Created);
        if (plan is not null)
        {
            JobPlans.Store(write.Connection, id.Number, plan);
        }

        if (JobPredecessors.Note(write, id, job) is { } hopeless)
        {
            Fail(write, id, hopeless);
            return ResourceTable.Jobs.Get(write.Connection, id);
        }

        if (immediate && JobPredecessors.IsWaiting(write.Connection, id))
        {
            return Wait(write, id, job);
        }

        if (immediate && served)
        {
            JobRuns.Follow(write.Connection, id.Number, due: true);
        }
        else if (immediate)
        {
            Announce(write, Topics.JobReady, job, context);
        }
        else if (plan is not null)
        {
            Announce(write, Topics.JobUpdated, job, context);
        }

        return job;
    }

    /// <summary>Makes a job ready; <c>job:ready</c> is raised once in its life, and once more for each retry.</summary>
    public static void Execute(SpaceWrite write, ResourceId id)
    {
        var job = ResourceTable.Jobs.Get(write.Connection, id);
        var status = job.Text("status")!;
        if (IsEnd(status))
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
        Store(write, id, job);
        if (!JobRuns.Has(write.Connection, id.Number))
        {
            Announce(write, Topics.JobReady, job);
        }
    }

    /// <summary>The job stays as it is; who follows it looks again.</summary>
    public static JsonObject Touch(SpaceWrite write, ResourceId id)
    {
        var job = ResourceTable.Jobs.Get(write.Connection, id);
        Store(write, id, job);
        Announce(write, Topics.JobUpdated, job);
        return job;
    }

    /// <summary>The server puts down what a job of its own is configured to do, once that is settled.</summary>
    public static void Configure(SpaceWrite write, ResourceId id, JsonObject config)
    {
        var job = ResourceTable.Jobs.Get(write.Connection, id);
        job["config"] = config;
        Store(write, id, job);
    }

    /// <summary>
    /// A worker takes the job, or says how far it is. On an ended job nothing happens: a late tick is no fault. Nor on one the server runs:
    /// how far that is, the server knows better.
    /// </summary>
    public static JsonObject Acknowledge(SpaceWrite write, ResourceId id, JsonObject given)
    {
        var job = ResourceTable.Jobs.Get(write.Connection, id);
        if (IsEnd(job.Text("status")!) || JobRuns.Has(write.Connection, id.Number))
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

        Store(write, id, job);
        Announce(write, Topics.JobUpdated, job);
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

        if (IsEnd(status))
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
        Store(write, id, job);
        Announce(write, TopicOf(end), job);
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
        Store(write, id, job);
        Announce(write, Topics.JobUpdated, job);
        if (!JobRuns.Has(write.Connection, id.Number))
        {
            Announce(write, Topics.JobReady, job);
        }

        return job;
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
            Store(write, id, job);
            Announce(write, Topics.JobUpdated, job);
        }

        return (job, checkpoint, attempts);
    }

    /// <summary>The server says how far a job of its own is.</summary>
    public static void Progress(SpaceWrite write, ResourceId id, double percent, string? info)
    {
        var job = ResourceTable.Jobs.Get(write.Connection, id);
        job["progress"] = percent;
        job["info"] = info ?? job.Text("info");
        Store(write, id, job);
        Announce(write, Topics.JobUpdated, job);
    }

    /// <summary>Cancels a job for a reason outside it; one that has ended meanwhile, or is gone, stays as it is.</summary>
    public static void Cancel(SpaceWrite write, ResourceId id, string reason)
    {
        if (ResourceTable.Jobs.Find(write.Connection, id.Number) is { } job && !IsEnd(job.Text("status")!))
        {
            End(write, id, JobStatus.Canceled, new JsonObject { ["info"] = reason });
        }
    }

    /// <summary>The server gives up a job of its own, with the reason; one that ended meanwhile stays as it is.</summary>
    public static void Fail(SpaceWrite write, ResourceId id, string reason)
    {
        if (ResourceTable.Jobs.Find(write.Connection, id.Number) is { } job && !IsEnd(job.Text("status")!))
        {
            End(write, id, JobStatus.Failed, new JsonObject
            {
                ["info"] = reason,
                ["outcome"] = new JsonObject { ["acknowledge"] = true, ["message"] = reason },
            });
        }
    }

    /// <summary>Changes progress, info, config, metadata or, within the machine, the status.</summary>
    public static JsonObject Update(SpaceWrite write, ResourceId id, JsonObject given)
    {
        var job = ResourceTable.Jobs.Get(write.Connection, id);
        var before = job.Text("status")!;
        var after = given.Text("status") ?? before;
        if (after != before && IsEnd(before))
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
        if (after != before && IsEnd(after))
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

        Store(write, id, job);
        Announce(write, Topics.JobUpdated, job);
        if (after != before && TopicOf(after) is not Topics.JobUpdated)
        {
            Announce(write, TopicOf(after), job);
        }

        if (after != before && IsEnd(after))
        {
            Ended(write, id, job);
        }

        return job;
    }

    /// <summary>A person dismissed the outcome. Background jobs have nobody to dismiss it, so nothing is said.</summary>
    public static JsonObject AcknowledgeOutcome(SpaceWrite write, ResourceId id)
    {
        var job = ResourceTable.Jobs.Get(write.Connection, id);
        if (job.Text("outcomeAcknowledgedAt") is null)
        {
            job["outcomeAcknowledgedAt"] = write.NowText;
            Store(write, id, job);
            if (job.Text("mode") != "background")
            {
                Announce(write, Topics.JobOutcomeAcknowledged, job);
            }
        }

        return job;
    }

    /// <summary>Removes a job.</summary>
    public static void Delete(SpaceWrite write, ResourceId id)
    {
        var job = ResourceTable.Jobs.Get(write.Connection, id);
        ResourceTable.Jobs.Delete(write.Connection, id);
        JobRuns.Remove(write.Connection, id.Number);
        JobPlans.Remove(write.Connection, id.Number);
        Announce(write, Topics.JobDeleted, job);
        JobPredecessors.Ended(write, id, job.Text("status") == JobStatus.Complete ? JobStatus.Complete : "deleted");
        JobParts.Deleted(write, id, job);
    }

    /// <summary>Whether a job may be created with this status.</summary>
    public static bool CanBegin(string status) => Startable.Contains(status);

    /// <summary>Whether a job of this status has ended.</summary>
    public static bool IsEnd(string status) => status is JobStatus.Complete or JobStatus.Failed or JobStatus.Canceled;

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

    private static JsonObject Wait(SpaceWrite write, ResourceId id, JsonObject job)
    {
        if (job.Text("status") != JobStatus.Waiting)
        {
            job["status"] = JobStatus.Waiting;
            Store(write, id, job);
            Announce(write, Topics.JobUpdated, job);
        }

        return job;
    }

    /// <summary>Who waited for the job, its parts and its whole learn that it has ended.</summary>
    private static void Ended(SpaceWrite write, ResourceId id, JsonObject job)
    {
        JobPredecessors.Ended(write, id, job.Text("status")!);
        JobParts.Ended(write, id, job);
    }

    /// <summary>Stores a job with its status.</summary>
    public static void Store(SpaceWrite write, ResourceId id, JsonObject job)
    {
        job["updatedAt"] = write.NowText;
        ResourceTable.Jobs.Update(write.Connection, id, job, job.Text("status"));
        if (job.Text("status") == JobStatus.Complete)
        {
            JobRuns.Remove(write.Connection, id.Number);
        }
        else
        {
            JobRuns.Follow(write.Connection, id.Number, due: job.Text("status") is JobStatus.Ready or JobStatus.Executing);
        }
    }

    /// <summary>Says something about a job.</summary>
    public static void Announce(
        SpaceWrite write, string topic, JsonObject job, JsonObject? sourceContext = null, string? status = null, JsonObject? parts = null)
    {
        var context = sourceContext?.DeepClone().AsObject() ?? JobSource.ContextOrLess(write, job);
        context["jobId"] = job.Text("id");
        StartedAction.Tell(job, context);
        var payload = new JsonObject
            {
                ["job"] = $"{job.Text("type")}:{job.Text("operation")}",
                ["domain"] = job.Text("type"),
                ["operation"] = job.Text("operation"),
                ["status"] = status ?? job.Text("status"),
                ["info"] = job.Text("info"),
                ["isPart"] = job.Text("parentId") is not null,
                ["input"] = job.Copy("input"),
                ["progress"] = job.Copy("progress"),
                ["mode"] = job.Text("mode"),
                ["trigger"] = job.Text("trigger"),
                ["outcome"] = job.Copy("outcome"),
            };
        if (parts is not null)
        {
            payload["parts"] = parts;
        }

        write.Emit(new NewEvent(topic, "job") { Context = context, Payload = payload });
    }
}
