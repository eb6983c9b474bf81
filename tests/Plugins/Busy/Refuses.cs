using Flatfile.Agent;

namespace Busy;

/// <summary>Fails in a way that cannot pass, with a text a stranger could have written.</summary>
[OnJob("space:refuse")]
public sealed class Refuses : IJobHandler
{
    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) => throw new JobFailedException(
        "The file \"><script>alert('reason')</script>.csv has no header row: name the columns in its first row and import it again.");
}
