using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Spaces;

/// <summary>The job <c>space:configure</c> a space is born with when it asks for it.</summary>
internal static class ConfigureJob
{
    /// <summary>Creates the job, ready to be taken.</summary>
    public static void Create(SpaceWrite write)
    {
        var id = write.NewId(IdPrefix.Job);
        var job = new JsonObject
        {
            ["id"] = id.ToString(),
            ["type"] = "space",
            ["operation"] = "configure",
            ["source"] = write.SpaceId,
            ["trigger"] = JobTrigger.Immediate,
            ["status"] = JobStatus.Ready,
            ["mode"] = "foreground",
            ["progress"] = 0,
            ["managed"] = false,
            ["environmentId"] = write.Folder.EnvironmentId,
            ["spaceId"] = write.SpaceId,
            ["createdBy"] = write.ActorId,
            ["createdAt"] = write.NowText,
            ["updatedAt"] = write.NowText,
        };
        ResourceTable.Jobs.Insert(write.Connection, id, job, state: JobStatus.Ready);
        Announce(write, Topics.JobCreated, job, JobStatus.Created);
        Announce(write, Topics.JobReady, job, JobStatus.Ready);
    }

    private static void Announce(SpaceWrite write, string topic, JsonObject job, string status) => write.Emit(new NewEvent(topic, "job")
    {
        Context = new JsonObject { ["jobId"] = job.Text("id"), ["actorId"] = write.ActorId },
        Payload = new JsonObject
        {
            ["job"] = "space:configure",
            ["domain"] = "space",
            ["operation"] = "configure",
            ["status"] = status,
            ["info"] = null,
            ["isPart"] = false,
            ["input"] = null,
            ["progress"] = 0,
            ["mode"] = job.Text("mode"),
            ["trigger"] = job.Text("trigger"),
        },
    });
}
