using System.Text.Json.Nodes;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Dedupe;

/// <summary>Brings back the rows that a job <c>sheet:dedupe</c> removed, from the snapshot it made. Rows that came since stay.</summary>
[Handler("flatfile/undo-removal")]
[OnJob("sheet:dedupe-undo", Fallback = true)]
internal sealed class UndoRemoval(FlatfileClient client) : IJobHandler
{
    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.Stopping);
        var job = await client.Jobs.GetAsync(context.JobId, either.Token);
        var sheet = await client.Sheets.GetAsync(context.Event.Context.SheetId ?? job.Source, either.Token);
        var snapshot = await SnapshotOfAsync(sheet, (string?)job.Input?["snapshotId"], either.Token);
        if (await context.ResumeAsync<UndoCheckpoint>(either.Token) is not { } counted)
        {
            var summary = (await client.Snapshots.GetAsync(snapshot.Id, includeSummary: true, either.Token)).Summary;
            counted = new UndoCheckpoint(summary?.DeletedSince?.Total ?? 0);
            await context.CheckpointAsync(counted, either.Token);
        }

        await client.Snapshots.RestoreAsync(snapshot.Id, new RestoreOptions(Created: false, Updated: DedupeSnapshot.IsOfMerge(snapshot), Deleted: true), either.Token);
        return new JobResult($"{counted.Rows:N0} rows of {sheet.Name} are back.")
        {
            Heading = "Duplicates are back",
            Info = $"{counted.Rows:N0} rows are back",
            Details = new JsonObject { ["snapshotId"] = snapshot.Id, ["rowsBack"] = counted.Rows },
        };
    }

    private async Task<Snapshot> SnapshotOfAsync(Sheet sheet, string? id, CancellationToken cancellationToken)
    {
        var snapshot = id is null ? await DedupeSnapshot.LatestAsync(client, sheet.Id, cancellationToken) : await client.Snapshots.GetAsync(id, cancellationToken: cancellationToken);
        if (snapshot is null)
        {
            throw new JobFailedException($"No removal of duplicates of {sheet.Name} is known, so there is nothing to take back.");
        }

        return snapshot.SheetId == sheet.Id && DedupeSnapshot.Is(snapshot)
            ? snapshot
            : throw new JobFailedException($"The snapshot {snapshot.Id} was not made before a removal of duplicates of {sheet.Name}. Name the snapshotId that the job's outcome tells.");
    }
}
