using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Dedupe;

/// <summary>The snapshots that stand before a removal of duplicates. Their label says whose they are.</summary>
internal static class DedupeSnapshot
{
    private const string Start = "Before removing duplicates";

    /// <summary>Makes the snapshot of a job, or finds the one that an earlier run of it made.</summary>
    public static async Task<string> TakeAsync(FlatfileClient client, string sheetId, string jobId, string keep, CancellationToken cancellationToken)
    {
        var label = $"{Start} ({keep}, {jobId})";
        await foreach (var known in client.Snapshots.ListAsync(sheetId, cancellationToken: cancellationToken))
        {
            if (known.Label == label)
            {
                return known.Id;
            }
        }

        return (await client.Snapshots.CreateAsync(new SnapshotConfig { SheetId = sheetId, Label = label }, cancellationToken)).Id;
    }

    /// <summary>The latest one of a sheet; null when there is none.</summary>
    public static async Task<Snapshot?> LatestAsync(FlatfileClient client, string sheetId, CancellationToken cancellationToken)
    {
        var latest = default(Snapshot);
        await foreach (var snapshot in client.Snapshots.ListAsync(sheetId, cancellationToken: cancellationToken))
        {
            if (Is(snapshot) && (latest is null || snapshot.CreatedAt >= latest.CreatedAt))
            {
                latest = snapshot;
            }
        }

        return latest;
    }

    /// <summary>Whether a removal made it.</summary>
    public static bool Is(Snapshot snapshot) => snapshot.Label?.StartsWith(Start, StringComparison.Ordinal) == true;

    /// <summary>Whether the removal changed rows that stayed.</summary>
    public static bool IsOfMerge(Snapshot snapshot) => snapshot.Label?.StartsWith($"{Start} ({DedupeOptions.Merge},", StringComparison.Ordinal) == true;
}
