using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Jobs.Plans;

/// <summary><c>/jobs/{jobId}/plan</c>.</summary>
internal sealed class PlanEndpoints(SystemJobs systemJobs) : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("jobs.getExecutionPlan", GetAsync);
        routes.Map("jobs.updateExecutionPlan", call => UpdateAsync(call, whole: true));
        routes.Map("jobs.updateExecutionPlanFields", call => UpdateAsync(call, whole: false));
    }

    private static async Task<Answer> GetAsync(ApiCall call)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Jobs, "jobId").ConfigureAwait(false);
        return await call.ReadAsync(space, read => View(ResourceTable.Jobs.Get(read.Connection, id), Find(read, id))).ConfigureAwait(false);
    }

    /// <summary>While the job is planning, anybody who looks at the plan may change it.</summary>
    private async Task<Answer> UpdateAsync(ApiCall call, bool whole)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Jobs, "jobId").ConfigureAwait(false);
        var faults = new List<ApiFault>();
        if (given.Text("jobId") is { } named && named != id.ToString())
        {
            faults.Add(new ApiFault("jobId", $"The body names the job '{named}', the path '{id}'."));
        }

        foreach (var list in new[] { "fieldMapping", "unmappedSourceFields", "unmappedDestinationFields" }.Where(list => whole && given[list] is not JsonArray))
        {
            faults.Add(new ApiFault(list, $"A whole plan needs '{list}', a list. To change single lists, use PATCH."));
        }

        if (faults.Count > 0)
        {
            throw new ApiRefusal(400, faults);
        }

        return await call.WriteAsync(space, write =>
        {
            var job = ResourceTable.Jobs.Get(write.Connection, id);
            var plan = Find(write, id);
            if (job.Text("status") != JobStatus.Planning || systemJobs.Find(job) is not IPlanningJob planning)
            {
                throw ApiRefusal.Conflict("status", $"The job is {job.Text("status")}; its plan can be changed while it is planning.");
            }

            plan = planning.Merge(write, job, plan, given);
            JobPlans.Store(write.Connection, id.Number, plan);
            return View(JobStore.Touch(write, id), plan);
        }).ConfigureAwait(false);
    }

    private static JsonObject Find(SpaceRead read, ResourceId id) =>
        JobPlans.Find(read.Connection, id.Number)
        ?? throw (ResourceTable.Jobs.Find(read.Connection, id.Number) is null
            ? ApiRefusal.NotFound("job", id.ToString())
            : new ApiRefusal(404, new ApiFault(null, $"The job '{id}' has no plan. Jobs such as workbook:map have one.")));

    private static Answer View(JsonObject job, JsonObject plan) => Answer.Data(new JsonObject { ["job"] = job, ["plan"] = plan });
}
