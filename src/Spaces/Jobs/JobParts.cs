using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Jobs;

/// <summary>A job split into parts: jobs of their own that say when the last of them has ended.</summary>
internal static class JobParts
{
    private const int Most = 1_000;
    private const string Sequential = "sequential";

    /// <summary>Splits a job: it waits, its parts run beside each other or one after the other.</summary>
    public static JsonObject Split(SpaceWrite write, ResourceId id, JsonObject given)
    {
        var parts = Parts(given);
        var job = ResourceTable.Jobs.Get(write.Connection, id);
        var status = job.Text("status")!;
        if (JobStore.IsEnd(status) || status == JobStatus.Planning)
        {
            throw ApiRefusal.Conflict("status", $"The job is {status} and cannot be split. A job is split before or while it runs.");
        }

        if (JobRuns.Has(write.Connection, id.Number))
        {
            throw ApiRefusal.Conflict(null, "The server runs this job itself; it cannot be split.");
        }

        if (job.Text("parentId") is { } parent)
        {
            throw ApiRefusal.Conflict("parentId", $"The job is itself a part of {parent}; parts cannot be split again.");
        }

        if (ResourceTable.Jobs.Count(write.Connection, id.Number) > 0)
        {
            throw ApiRefusal.Conflict("parts", "The job is already split into parts.");
        }

        if (JobPredecessors.IsWaiting(write.Connection, id))
        {
            throw ApiRefusal.Conflict("predecessorIds", "The job waits for others to be complete and cannot be split before.");
        }

        var parallel = given.Flag("runInParallel");
        job["status"] = JobStatus.Waiting;
        job.TryAdd("startedAt", write.NowText);
        job["executedAt"] ??= write.NowText;
        job["partExecution"] = parallel ? "parallel" : Sequential;
        JobStore.Store(write, id, job);
        JobStore.Announce(write, Topics.JobUpdated, job);
        for (var part = 0; part < parts.Count; part++)
        {
            var body = new JsonObject();
            foreach (var member in new[] { "type", "operation", "source", "destination", "config", "input", "mode", "subject", "metadata", "fileId", "managed" })
            {
                if (job[member] is not null)
                {
                    body[member] = job.Copy(member);
                }
            }

            body["trigger"] = parallel || part == 0 ? JobTrigger.Immediate : JobTrigger.Manual;
            body["parentId"] = id.ToString();
            body["part"] = part;
            body["partData"] = parts[part].DeepClone();
            body["partExecution"] = job.Text("partExecution");
            JobStore.Create(write, body);
        }

        return job;
    }

    /// <summary>409 when a job that has open parts is to be completed.</summary>
    public static void MayComplete(SpaceWrite write, ResourceId id)
    {
        var open = Of(write, id).Count(part => !JobStore.IsEnd(part.Text("status")!));
        if (open > 0)
        {
            throw ApiRefusal.Conflict("status", $"{open} parts of the job have not ended yet. Wait for job:parts-completed, or cancel the job.");
        }
    }

    /// <summary>409 when a part whose whole has ended is to run again.</summary>
    public static void MayRetry(SpaceWrite write, JsonObject part)
    {
        if (part.Text("parentId") is { } parent && ResourceTable.Jobs.Find(write.Connection, write.Own(ResourceTable.Jobs, parent).Number) is { } whole
            && JobStore.IsEnd(whole.Text("status")!))
        {
            throw ApiRefusal.Conflict("parentId", $"The job {parent} this is a part of is {whole.Text("status")}; its parts do not run any more.");
        }
    }

    /// <summary>A job has ended: its own open parts are canceled; as a part it lets the next one begin, or says that it was the last.</summary>
    public static void Ended(SpaceWrite write, ResourceId id, JsonObject job)
    {
        foreach (var part in Of(write, id).Where(part => !JobStore.IsEnd(part.Text("status")!)))
        {
            JobMachine.Cancel(write, write.Own(ResourceTable.Jobs, part.Text("id")), $"The job {id} this is a part of is {job.Text("status")}.");
        }

        if (job.Text("parentId") is { } parent)
        {
            Advance(write, write.Own(ResourceTable.Jobs, parent));
        }
    }

    /// <summary>A job is gone: its parts go with it; as a part it does not count any more.</summary>
    public static void Deleted(SpaceWrite write, ResourceId id, JsonObject job)
    {
        foreach (var part in Of(write, id))
        {
            JobStore.Delete(write, write.Own(ResourceTable.Jobs, part.Text("id")));
        }

        if (job.Text("parentId") is { } parent && !JobStore.IsEnd(job.Text("status")!))
        {
            Advance(write, write.Own(ResourceTable.Jobs, parent));
        }
    }

    /// <summary>What is wrong with the parent a new job names.</summary>
    public static IEnumerable<ApiFault> Check(SpaceRead read, JsonObject given)
    {
        if (given.Text("parentId") is not { } text)
        {
            yield break;
        }

        var parent = ResourceId.TryParse(IdPrefix.Job, text, out var id) && id.Space == read.Folder.Number ? ResourceTable.Jobs.Find(read.Connection, id.Number) : null;
        if (parent is null)
        {
            yield return new ApiFault("parentId", $"There is no job '{text}' in the space of this job's source.");
        }
        else if (JobStore.IsEnd(parent.Text("status")!) || parent.Text("parentId") is not null)
        {
            yield return new ApiFault("parentId", $"The job '{text}' takes no parts: it is {(parent.Text("parentId") is null ? parent.Text("status") : "a part itself")}.");
        }
    }

    private static List<JsonObject> Of(SpaceWrite write, ResourceId id) => ResourceTable.Jobs.List(write.Connection, parent: id.Number);

    private static void Advance(SpaceWrite write, ResourceId parent)
    {
        if (ResourceTable.Jobs.Find(write.Connection, parent.Number) is not { } whole || JobStore.IsEnd(whole.Text("status")!))
        {
            return;
        }

        var parts = Of(write, parent);
        var open = parts.Where(part => !JobStore.IsEnd(part.Text("status")!)).ToList();
        if (open.Count == 0 && parts.Count > 0)
        {
            var counts = new JsonObject { ["total"] = parts.Count };
            foreach (var (member, status) in new[] { ("completed", JobStatus.Complete), ("failed", JobStatus.Failed), ("canceled", JobStatus.Canceled) })
            {
                counts[member] = parts.Count(part => part.Text("status") == status);
            }

            JobStore.Announce(write, Topics.JobPartsCompleted, whole, parts: counts);
        }
        else if (whole.Text("partExecution") == Sequential && open.Count > 0 && open.TrueForAll(part => part.Text("status") == JobStatus.Created))
        {
            JobMachine.MakeReady(write, write.Own(ResourceTable.Jobs, open[0].Text("id")), open[0]);
        }
    }

    private static List<JsonObject> Parts(JsonObject given)
    {
        var parts = given["parts"] switch
        {
            JsonValue number when number.TryGetValue<double>(out var count) && count is >= 1 and <= Most && count == Math.Floor(count) =>
                Enumerable.Range(0, (int)count).Select(_ => new JsonObject()).ToList(),
            JsonArray { Count: >= 1 and <= Most } list when list.All(part => part is JsonObject) => [.. list.Cast<JsonObject>()],
            _ => null,
        };
        return parts ?? throw ApiRefusal.Bad("parts", $"'parts' must be a number from 1 to {Most}, or a list of 1 to {Most} objects, one for each part.");
    }
}
