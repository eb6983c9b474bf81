using System.Text.Json;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Jobs.Splitting;

/// <summary>What Flatfile says of a job that is a part of another one.</summary>
internal static class JobParts
{
    /// <summary>The part a job is; null for a whole job.</summary>
    public static JobPart? Of(Job job) =>
        job.ParentId is { } parent ? new JobPart(job.Part ?? 0, JsonSerializer.SerializeToElement(job.PartData ?? [], PartJson.Default.JsonObject), parent) : null;
}
