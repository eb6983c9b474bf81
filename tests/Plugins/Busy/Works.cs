using Flatfile.Agent;

namespace Busy;

/// <summary>Works for as long as it is let, and reports a little more each time.</summary>
[OnJob("space:busy")]
public sealed class Works : IJobHandler
{
    private static int _started;

    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var percent = 12.0 + (Interlocked.Increment(ref _started) * 17 % 60);
        while (percent < 95)
        {
            context.Report(percent, $"Sheet Contacts: {percent * 1000:0} of 100000 rows, last from <img src=x onerror=alert('info')>");
            percent += 0.4;
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }

        return new JobResult("Done.");
    }
}
