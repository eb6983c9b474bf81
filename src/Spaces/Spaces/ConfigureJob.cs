using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Jobs;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Spaces;

/// <summary>The job <c>space:configure</c> a space is born with when it asks for it.</summary>
internal static class ConfigureJob
{
    /// <summary>Creates the job, ready to be taken.</summary>
    public static void Create(SpaceWrite write) => JobStore.Create(write, new JsonObject
    {
        ["type"] = "space",
        ["operation"] = "configure",
        ["source"] = write.SpaceId,
        ["trigger"] = JobTrigger.Immediate,
        ["mode"] = "foreground",
    });
}
