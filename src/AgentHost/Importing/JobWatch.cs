using Flatfile.Api;

namespace Flatfile.Agent.Host.Importing;

/// <summary>Waits for jobs that others make and run, shows how far they are, and gives up on those nobody takes.</summary>
internal sealed class JobWatch(FlatfileClient client, IImportView view, TimeProvider time)
{
    /// <summary>The named job of a source once it has ended, or the reason why it never will.</summary>
    public async Task<(Job? Job, string? Fault)> EndOfAsync(
        string spaceId, string source, string operation, string shownAs, CancellationToken cancellationToken)
    {
        var still = new Stillness(time);
        while (true)
        {
            var job = await LatestAsync(spaceId, source, operation, cancellationToken);
            if (job is not null)
            {
                var ended = JobOutcome.Ended(job);
                view.Show(shownAs, $"{job.Type}:{operation}", ended ? 100 : Math.Min(job.Progress ?? 0, 99), ended ? JobOutcome.Text(job, "message") : job.Info);
                if (ended)
                {
                    return (job, null);
                }
            }

            var taken = job?.Status is JobStatus.Executing;
            var limit = taken ? ImportLimits.Running : ImportLimits.Taken;
            if (still.Lasts($"{job?.Id} {job?.Status} {job?.Progress} {job?.Info} {job?.UpdatedAt:O}", limit))
            {
                return (job, $"{(job is null ? $"No job '{operation}' was made" : $"The job '{operation}' did not move")} for {limit.TotalSeconds:0} seconds. "
                    + "Is an agent running for this server, with a handler for it?");
            }

            await Task.Delay(ImportLimits.Look, time, cancellationToken);
        }
    }

    /// <summary>The newest job of that name, or null.</summary>
    public async Task<Job?> LatestAsync(string spaceId, string source, string operation, CancellationToken cancellationToken)
    {
        Job? latest = null;
        await foreach (var job in client.Jobs.ListAsync(new JobQuery { SpaceId = spaceId, Source = source }, cancellationToken))
        {
            if (job.Operation == operation && (latest is null || job.CreatedAt >= latest.CreatedAt))
            {
                latest = job;
            }
        }

        return latest;
    }

    /// <summary>Waits until the checks of a sheet are through; answers what to say when they are not.</summary>
    public async Task<string?> EndOfChecksAsync(string sheetId, string shownAs, CancellationToken cancellationToken)
    {
        var still = new Stillness(time);
        var most = 0;
        while (true)
        {
            var open = await client.Sheets.ListCommitsAsync(sheetId, completed: false, cancellationToken).CountAsync(cancellationToken);
            most = Math.Max(most, open);
            if (open == 0)
            {
                view.Show(shownAs, "checks", 100);
                return null;
            }

            view.Show(shownAs, "checks", 100.0 * (most - open) / most, $"{open} to go");
            if (still.Lasts($"{open}", ImportLimits.Checks))
            {
                return $"{open} checks of the sheet did not finish within {ImportLimits.Checks.TotalSeconds:0} seconds; its counts may still change.";
            }

            await Task.Delay(ImportLimits.Look, time, cancellationToken);
        }
    }
}
