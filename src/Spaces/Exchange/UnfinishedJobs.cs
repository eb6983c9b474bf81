using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Jobs;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Exchange;

/// <summary>Ends the jobs that were under way when a space was exported: the workers that had them never hear of the copy. Jobs of the server itself go on.</summary>
internal static class UnfinishedJobs
{
    private static readonly string[] UnderWay = [JobStatus.Ready, JobStatus.Scheduled, JobStatus.Planning, JobStatus.Executing];

    /// <summary>Fails them without events; each may be started again.</summary>
    public static void Fail(SpaceWrite write)
    {
        foreach (var job in UnderWay.SelectMany(status => ResourceTable.Jobs.List(write.Connection, state: status)))
        {
            var id = write.Own(ResourceTable.Jobs, job.Text("id"));
            if (JobRuns.Has(write.Connection, id.Number))
            {
                continue;
            }

            job["status"] = JobStatus.Failed;
            job["finishedAt"] = write.NowText;
            job["updatedAt"] = write.NowText;
            job["outcome"] = new JsonObject
            {
                ["heading"] = "Not finished",
                ["message"] = "This job was under way when its space was exported. Start it again here.",
                ["acknowledge"] = true,
            };
            ResourceTable.Jobs.Update(write.Connection, id, job, JobStatus.Failed);
        }
    }
}
