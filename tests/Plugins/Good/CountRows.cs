using Flatfile.Agent;

namespace Good;

/// <summary>A job handler, internal as most classes are.</summary>
[OnJob("sheet:count-rows")]
internal sealed class CountRows : IJobHandler
{
    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) => Task.FromResult(new JobResult("Counted."));
}
