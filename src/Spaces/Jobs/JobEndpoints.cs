using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Jobs;

/// <summary><c>/jobs</c>.</summary>
internal sealed class JobEndpoints(SystemJobs systemJobs, SystemJobRunner runner) : IEndpoints
{
    private const int DefaultPage = 20;

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("jobs.list", ListAsync);
        routes.Map("jobs.create", CreateAsync);
        routes.Map("jobs.get", GetAsync);
        routes.Map("jobs.update", call => ChangeAsync(call, JobStore.Update));
        routes.Map("jobs.delete", DeleteAsync);
        routes.Map("jobs.execute", ExecuteAsync);
        routes.Map("jobs.ack", call => ChangeAsync(call, JobStore.Acknowledge));
        routes.Map("jobs.complete", call => ChangeAsync(call, (write, id, given) => JobStore.End(write, id, JobStatus.Complete, given)));
        routes.Map("jobs.fail", call => ChangeAsync(call, (write, id, given) => JobStore.End(write, id, JobStatus.Failed, given)));
        routes.Map("jobs.cancel", call => ChangeAsync(call, (write, id, given) => JobStore.End(write, id, JobStatus.Canceled, given)));
        routes.Map("jobs.retry", call => ChangeAsync(call, (write, id, _) => JobStore.Retry(write, id)));
        routes.Map("jobs.ackOutcome", call => ChangeAsync(call, (write, id, _) => JobStore.AcknowledgeOutcome(write, id)));
    }

    /// <summary>Of one space, or of all spaces of the environment; newest first.</summary>
    private static async Task<Answer> ListAsync(ApiCall call)
    {
        var page = PageQuery.Read(call, DefaultPage);
        var direction = call.Query("sortDirection") ?? "desc";
        if (direction is not ("asc" or "desc"))
        {
            throw ApiRefusal.Bad("sortDirection", "'sortDirection' must be asc or desc.");
        }

        var found = new List<JsonObject>();
        foreach (var space in await call.SpacesAsync().ConfigureAwait(false))
        {
            found.AddRange(await call.ReadAsync(space, read => ResourceTable.Jobs.List(read.Connection).Where(job => Fits(call, job)).ToList()).ConfigureAwait(false));
        }

        // Times have milliseconds: jobs made within one keep the order of their creation, which the lists already have.
        var sorted = found.OrderBy(job => job.Text("createdAt"), StringComparer.Ordinal).ToList();
        if (direction == "desc")
        {
            sorted.Reverse();
        }

        return Answer.List(sorted.Skip((int)Math.Min(page.Skip, int.MaxValue)).Take(page.Size), page, sorted.Count);
    }

    private async Task<Answer> CreateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        var config = Check(given);
        call.SameEnvironment(config.EnvironmentId);
        var (prefix, noun) = JobSource.Kind(config.Type) ?? throw ApiRefusal.NotBuilt($"A job of type '{config.Type}'");
        var (space, _) = await call.SpaceOfIdAsync(prefix, noun, config.Source).ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            var served = systemJobs.Find(given);
            return served?.Check(write, given).ToList() is { Count: > 0 } faults
                ? throw new ApiRefusal(400, faults)
                : Answer.Data(JobStore.Create(write, given, served is not null));
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> GetAsync(ApiCall call)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Jobs, "jobId").ConfigureAwait(false);
        return await call.ReadAsync(space, read => Answer.Data(ResourceTable.Jobs.Get(read.Connection, id))).ConfigureAwait(false);
    }

    private async Task<Answer> DeleteAsync(ApiCall call)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Jobs, "jobId").ConfigureAwait(false);
        var answer = await call.WriteAsync(space, write =>
        {
            JobStore.Delete(write, id);
            return Answer.Success;
        }).ConfigureAwait(false);
        runner.Stop(id);
        return answer;
    }

    private static async Task<Answer> ExecuteAsync(ApiCall call)
    {
        await call.ReadBytesAsync().ConfigureAwait(false);
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Jobs, "jobId").ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            JobStore.Execute(write, id);
            return Answer.Success;
        }).ConfigureAwait(false);
    }

    private async Task<Answer> ChangeAsync(ApiCall call, Func<SpaceWrite, ResourceId, JsonObject, JsonObject> change)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        CheckUpdate(given);
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Jobs, "jobId").ConfigureAwait(false);
        JsonObject? job = null;
        var answer = await call.WriteAsync(space, write => Answer.Data(job = change(write, id, given))).ConfigureAwait(false);
        if (job?.Text("status") is JobStatus.Failed or JobStatus.Canceled)
        {
            runner.Stop(id);
        }

        return answer;
    }

    /// <summary>All faults of a new job at once.</summary>
    private JobConfig Check(JsonObject given)
    {
        var faults = new List<ApiFault>();
        foreach (var member in new[] { "type", "operation", "source" })
        {
            if (string.IsNullOrEmpty(given.Text(member)))
            {
                faults.Add(new ApiFault(member, $"A job needs '{member}', a text."));
            }
        }

        if (given.Text("trigger") is { } trigger && trigger is not (JobTrigger.Manual or JobTrigger.Immediate))
        {
            faults.Add(new ApiFault("trigger", $"'{trigger}' is no trigger. Known: manual, immediate."));
        }

        if (given.Text("status") is { } status && given.Text("trigger") != JobTrigger.Immediate && !JobStore.CanBegin(status))
        {
            faults.Add(new ApiFault("status", $"A job cannot begin as '{status}'. Leave 'status' out, or give created or ready."));
        }

        if (given["predecessorIds"] is JsonArray { Count: > 0 } || given.Text("parentId") is not null)
        {
            throw ApiRefusal.NotBuilt("A job with predecessors or a parent");
        }

        if (Unserved.Contains(SystemJobs.NameOf(given)) && systemJobs.Find(given) is null)
        {
            throw ApiRefusal.NotBuilt($"The job {given.Text("type")}:{given.Text("operation")}, which the platform runs by itself,");
        }

        return faults.Count > 0 ? throw new ApiRefusal(400, faults) : ApiCall.Typed(given, FlatfileJson.Default.JobConfig);
    }

    private static void CheckUpdate(JsonObject given)
    {
        if (given["progress"] is { } progress && !(progress is JsonValue value && value.TryGetValue<double>(out var percent) && percent is >= 0 and <= 100))
        {
            throw ApiRefusal.Bad("progress", "'progress' must be a number from 0 to 100.");
        }

        if (given["status"] is { } status && !(given.Text("status") is { } text && Statuses.Contains(text)))
        {
            throw ApiRefusal.Bad("status", $"{status.ToJsonString()} is no status. Known: {string.Join(", ", Statuses)}.");
        }

        foreach (var member in new[] { "outcome", "config", "metadata" })
        {
            if (given[member] is not (null or JsonObject))
            {
                throw ApiRefusal.Bad(member, $"'{member}' must be an object.");
            }
        }
    }

    /// <summary>Jobs the platform runs by itself. Taken without anybody to run them they would wait for ever.</summary>
    private static readonly string[] Unserved = ["workbook:map", "workbook:delete-records", "agent:agent-export"];

    private static readonly string[] Statuses =
    [
        JobStatus.Created, JobStatus.Planning, JobStatus.Scheduled, JobStatus.Ready, JobStatus.Executing, JobStatus.Waiting,
        JobStatus.Complete, JobStatus.Failed, JobStatus.Canceled,
    ];

    private static bool Fits(ApiCall call, JsonObject job) =>
        Is(call.Query("fileId"), job.Text("fileId"))
        && Is(call.Query("parentId"), job.Text("parentId"))
        && Is(call.Query("source"), job.Text("source"))
        && (call.Query("workbookId") is not { } workbook || job.Text("source") == workbook || job.Text("destination") == workbook)
        && (call.Flag("excludeChildJobs") is not true || job.Text("parentId") is null);

    private static bool Is(string? wanted, string? value) => wanted is null || wanted == value;
}
