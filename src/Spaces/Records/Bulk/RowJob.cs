using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Jobs;
using Flatfile.Spaces.Snapshots;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records.Bulk;

/// <summary>
/// A job that does something to the rows of a selection. Which rows is put down at its beginning; then they are done some thousand at a time,
/// each batch with its events and the place to go on in one transaction. A small selection is one transaction in all.
/// </summary>
internal abstract class RowJob : ISystemJob
{
    /// <inheritdoc />
    public abstract string Name { get; }

    /// <summary>How many rows one transaction changes.</summary>
    protected virtual int Batch => RecordLimits.CommitPage;

    /// <inheritdoc />
    public IEnumerable<ApiFault> Check(SpaceRead read, JsonObject job)
    {
        if (JobSheet.Fault(read, job) is { } fault)
        {
            return [fault];
        }

        var config = job["config"] as JsonObject ?? [];
        try
        {
            var schema = SheetOfCall.Find(read, JobSheet.Of(read, job)).Schema;
            Selection.Of(read.Connection, schema, Query(read, config));
            Condition(read, schema, config, null);
        }
        catch (RecordBodyException unreadable)
        {
            return [new ApiFault(unreadable.Key is null ? "config" : $"config.{unreadable.Key}", unreadable.Message)];
        }
        catch (ApiRefusal refusal)
        {
            return refusal.Faults.Select(one => one with { Key = one.Key is null ? "config" : $"config.{one.Key}" });
        }

        return config["snapshotLabel"] is null || config.Text("snapshotLabel") is not null
            ? []
            : [new ApiFault("config.snapshotLabel", "'snapshotLabel' must be a text.")];
    }

    /// <inheritdoc />
    public async Task<JobOutcome> RunAsync(SystemJobRun run)
    {
        while (true)
        {
            var progress = await run.WriteAsync(write => Step(run, write)).ConfigureAwait(false);
            if (progress.IsDone)
            {
                return Outcome(progress);
            }
        }
    }

    /// <summary>Which rows.</summary>
    protected abstract RowQuery Query(SpaceRead read, JsonObject config);

    /// <summary>What more a row must fulfil, and a check of what is to be done; nothing when all rows of the selection are concerned.</summary>
    protected virtual string? Condition(SpaceRead read, SheetSchema schema, JsonObject config, Selection? selection) => null;

    /// <summary>Does one batch with its events.</summary>
    /// <returns>How many rows it concerned.</returns>
    protected abstract long Change(SpaceWrite write, SheetOfCall sheet, JsonObject config, IReadOnlyList<long> rows);

    /// <summary>What is said at the end.</summary>
    protected abstract JobOutcome Outcome(RowJobProgress progress);

    private RowJobProgress Step(SystemJobRun run, SpaceWrite write)
    {
        var sheet = SheetOfCall.Find(write, JobSheet.Of(write, run.Job)).Writable(write);
        var progress = RowJobProgress.Of(run.Checkpoint) ?? Begin(run, write, sheet);
        var rows = JobRows.After(write.Connection, run.JobId.Number, progress.Last, Batch);
        if (rows.Count > 0)
        {
            var changed = Change(write, sheet, run.Config, rows);
            progress = progress with { Last = rows[^1], Done = progress.Done + rows.Count, Changed = progress.Changed + changed };
        }

        progress = progress with { IsDone = rows.Count < Batch };
        run.Save(write, progress.ToJson());
        if (!progress.IsDone)
        {
            run.Report(write, 100.0 * progress.Done / Math.Max(1, progress.Total));
        }

        return progress;
    }

    private RowJobProgress Begin(SystemJobRun run, SpaceWrite write, SheetOfCall sheet)
    {
        var label = run.Config.Text("snapshotLabel");
        var snapshot = string.IsNullOrEmpty(label) ? null : SnapshotStore.Create(write, sheet, label, null).Text("id");
        var total = JobRows.Add(
            write.Connection, run.JobId.Number, sheet.Schema, Query(write, run.Config), selection => Condition(write, sheet.Schema, run.Config, selection));
        return new RowJobProgress(total, 0, 0, 0, snapshot);
    }
}
