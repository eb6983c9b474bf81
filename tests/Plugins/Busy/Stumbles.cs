using Flatfile.Agent;

namespace Busy;

/// <summary>Fails each time in a way that may pass.</summary>
[OnJob("space:stumble")]
public sealed class Stumbles : IJobHandler
{
    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) =>
        throw new TimeoutException("The address service did not answer within 30 s.");
}
