using Flatfile.Agent;

namespace Shifting;

/// <summary>A job that keeps what it was told in a checkpoint of a type of its own.</summary>
[OnJob("file:extract")]
public sealed class Extract(Ledger ledger, Func<string, Task> wait) : IJobHandler
{
    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        await context.CheckpointAsync(new Place(ledger.Greeting), cancellationToken);
        var version = typeof(Extract).Assembly.GetName().Version!.Major;
        await wait($"job of {version}");
        var place = await context.ResumeAsync<Place>(cancellationToken);
        return new JobResult($"{place!.Greeting} from {version}");
    }

    /// <summary>Where the job stands.</summary>
    public sealed record Place(string Greeting);
}
