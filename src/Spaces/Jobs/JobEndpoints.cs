using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Jobs.Plans;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Jobs;

/// <summary><c>/jobs</c>.</summary>
internal sealed class JobEndpoints(SystemJobs systemJobs, SystemJobRunner runner, JobListing listing) : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("jobs.list", listing.ListAsync);
        routes.Map("jobs.create", CreateAsync);
        routes.Map("jobs.get", GetAsync);
        routes.Map("jobs.update", call => ChangeAsync(call, JobMachine.Update));
        routes.Map("jobs.delete", DeleteAsync);
        routes.Map("jobs.execute", ExecuteAsync);
        routes.Map("jobs.ack", call => ChangeAsync(call, JobMachine.Acknowledge));
        routes.Map("jobs.complete", call => ChangeAsync(call, (write, id, given) => JobMachine.End(write, id, JobStatus.Complete, given)));
        routes.Map("jobs.fail", call => ChangeAsync(call, (write, id, given) => JobMachine.End(write, id, JobStatus.Failed, given)));
        routes.Map("jobs.cancel", call => ChangeAsync(call, (write, id, given) => JobMachine.End(write, id, JobStatus.Canceled, given)));
        routes.Map("jobs.retry", call => ChangeAsync(call, (write, id, _) => JobMachine.Retry(write, id)));
        routes.Map("jobs.split", call => ChangeAsync(call, JobParts.Split));
        routes.Map("jobs.ackOutcome", call => ChangeAsync(call, (write, id, _) => JobStore.AcknowledgeOutcome(write, id)));
    }

    private async Task<Answer> CreateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        var config = JobCheck.New(given);
        var served = systemJobs.Find(given);
        if (served is null && Unserved.Contains(SystemJobs.NameOf(given)))
        {
            throw ApiRefusal.NotBuilt($"The job {SystemJobs.NameOf(given)}, which the platform runs by itself,");
        }

        call.SameEnvironment(config.EnvironmentId);
        var (prefix, noun) = JobSource.Kind(config.Type) ?? throw ApiRefusal.NotBuilt($"A job of type '{config.Type}'");
        var (space, _) = await call.SpaceOfIdAsync(prefix, noun, config.Source).ConfigureAwait(false);

        // A plan looks through rows: that is done before the write, so that nobody waits for it at the gate.
        var plan = served is IPlanningJob planning ? await call.ReadAsync(space, read => Checked(read, served, given) is { Count: 0 } ? planning.Plan(read, given) : null).ConfigureAwait(false) : null;
        return await call.WriteAsync(space, write => Checked(write, served, given) is { Count: > 0 } faults
            ? throw new ApiRefusal(400, faults)
            : Answer.Data(JobStore.Create(write, given, served is not null, plan))).ConfigureAwait(false);
    }

    private static List<ApiFault> Checked(SpaceRead read, ISystemJob? served, JsonObject given) =>
        [.. served?.Check(read, given) ?? [], .. JobPredecessors.Check(read, given), .. JobParts.Check(read, given)];

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
            JobMachine.Execute(write, id);
            return Answer.Success;
        }).ConfigureAwait(false);
    }

    private async Task<Answer> ChangeAsync(ApiCall call, Func<SpaceWrite, ResourceId, JsonObject, JsonObject> change)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        JobCheck.Change(given);
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Jobs, "jobId").ConfigureAwait(false);
        JsonObject? job = null;
        var answer = await call.WriteAsync(space, write => Answer.Data(job = change(write, id, given))).ConfigureAwait(false);
        if (job?.Text("status") is JobStatus.Failed or JobStatus.Canceled)
        {
            runner.Stop(id);
        }

        return answer;
    }

    /// <summary>Jobs the platform runs by itself. Taken without anybody to run them they would wait for ever.</summary>
    private static readonly string[] Unserved = ["workbook:map", "workbook:delete-records", "agent:agent-export"];
}
