using System.Net;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Upkeep.Monitoring;

/// <summary>Measures a space through the API. Where the server has no usage, as the cloud, what the space itself says is taken.</summary>
internal sealed class SpaceProbe(FlatfileClient client, MonitoringOptions options, DateTimeOffset serverTime)
{
    /// <summary>The newest jobs that are looked at.</summary>
    private const int Jobs = 100;

    public async Task<SpaceReading> ReadAsync(Space space, CancellationToken cancellationToken)
    {
        var usage = await UsageAsync(space.Id, cancellationToken).ConfigureAwait(false);
        return new SpaceReading(
            space.Id, space.Name, usage?.StorageUsed, usage?.Records ?? (long?)space.Size?.Pdv, serverTime - space.CreatedAt,
            await StuckJobsAsync(space.Id, cancellationToken).ConfigureAwait(false));
    }

    private async Task<SpaceUsage?> UsageAsync(string spaceId, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Spaces.GetUsageAsync(spaceId, cancellationToken).ConfigureAwait(false);
        }
        catch (FlatfileApiException fault) when (fault.Status is HttpStatusCode.NotFound or HttpStatusCode.NotImplemented)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<string>> StuckJobsAsync(string spaceId, CancellationToken cancellationToken)
    {
        if (options.JobStuckAfter is not { } long1)
        {
            return [];
        }

        var stuck = new List<string>();
        var seen = 0;
        await foreach (var job in client.Jobs.ListAsync(new JobQuery { SpaceId = spaceId, SortDirection = "desc" }, cancellationToken).ConfigureAwait(false))
        {
            if (job.Status == JobStatus.Executing && serverTime - job.UpdatedAt > long1)
            {
                stuck.Add(job.Id);
            }

            if (++seen == Jobs)
            {
                break;
            }
        }

        return stuck;
    }
}
