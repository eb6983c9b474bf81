using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Jobs.Plans;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Jobs;

/// <summary>Jobs as they are stored, and what is said of them.</summary>
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
        job.TryAdd("progress", 0);
        job.TryAdd("managed", false);
        if (type == "file")
        {
            job["fileId"] = source;
        }

        StartedAction.Note(write, job);
        job.TryAdd("mode", "background");
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
            ServedJob.Fail(write, id, hopeless);
            return ResourceTable.Jobs.Get(write.Connection, id);
        }

        if (immediate && JobPredecessors.IsWaiting(write.Connection, id))
        {
            return JobMachine.Wait(write, id, job);
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

    /// <summary>The job stays as it is; who follows it looks again.</summary>
    public static JsonObject Touch(SpaceWrite write, ResourceId id)
    {
        var job = ResourceTable.Jobs.Get(write.Connection, id);
        Store(write, id, job);
        Announce(write, Topics.JobUpdated, job);
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
        RunFences.Remove(write.Connection, id.Number);
        Announce(write, Topics.JobDeleted, job);
        JobPredecessors.Ended(write, id, job.Text("status") == JobStatus.Complete ? JobStatus.Complete : "deleted");
        JobParts.Deleted(write, id, job);
    }

    /// <summary>Whether a job may be created with this status.</summary>
    public static bool CanBegin(string status) => Startable.Contains(status);

    /// <summary>Whether a job of this status has ended.</summary>
    public static bool IsEnd(string status) => status is JobStatus.Complete or JobStatus.Failed or JobStatus.Canceled;

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
