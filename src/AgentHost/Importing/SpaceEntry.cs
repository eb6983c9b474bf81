using Flatfile.Api;

namespace Flatfile.Agent.Host.Importing;

/// <summary>Finds the space an import goes into, or makes it.</summary>
internal sealed class SpaceEntry(FlatfileClient client, JobWatch watch)
{
    public async Task<Space> FindOrMakeAsync(string name, CancellationToken cancellationToken)
    {
        Space? oldest = null;
        await foreach (var space in client.Spaces.ListAsync(cancellationToken: cancellationToken))
        {
            if (space.Name == name && space.ArchivedAt is null && (oldest is null || space.CreatedAt < oldest.CreatedAt))
            {
                oldest = space;
            }
        }

        return oldest ?? await client.Spaces.CreateAsync(new SpaceConfig { Name = name, AutoConfigure = true }, cancellationToken: cancellationToken);
    }

    /// <summary>Waits for the space's configuration; answers why it failed, or null.</summary>
    public async Task<string?> AwaitConfigurationAsync(Space space, CancellationToken cancellationToken)
    {
        const string configure = "configure";
        if (space.AutoConfigure != true && await watch.LatestAsync(space.Id, space.Id, configure, cancellationToken) is null)
        {
            return null;
        }

        var (job, fault) = await watch.EndOfAsync(space.Id, space.Id, configure, $"space {space.Name}", cancellationToken);
        return fault is null && job!.Status == JobStatus.Complete
            ? null
            : "The space could not be configured: " + (fault ?? JobOutcome.Reason(job!));
    }
}
