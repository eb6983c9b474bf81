using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Spaces.Jobs;

/// <summary>Which run of which job asks for a change.</summary>
/// <param name="Job">The job.</param>
/// <param name="Number">Grows from run to run.</param>
/// <param name="IsAboutJob">The call is about the job itself: its machine decides what is possible after its end.</param>
internal sealed record RunFence(ResourceId Job, long Number, bool IsAboutJob)
{
    /// <summary>The fence of a call; null when it carries none, or changes nothing.</summary>
    public static RunFence? Of(HttpContext http)
    {
        var values = http.Request.Headers[RunFenceHeader.Name];
        if (values.Count == 0 || HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            return null;
        }

        if (values.Count > 1 || !RunFenceHeader.TryRead(values.ToString(), out var jobId, out var number)
            || !ResourceId.TryParse(IdPrefix.Job, jobId, out var job))
        {
            throw ApiRefusal.Bad(RunFenceHeader.Name, $"'{RunFenceHeader.Name}' must be given once, as the id of a job, a colon, and the number of its run.");
        }

        return new RunFence(job, number, http.Request.RouteValues["jobId"] as string == jobId);
    }
}
