using System.Globalization;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Jobs;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records.Bulk;

/// <summary><c>find-replace</c> of a sheet, or of the sheet a workbook's job names: as the call does, for sheets of any size.</summary>
internal sealed class FindReplaceJob(string type) : RowJob
{
    /// <inheritdoc />
    public override string Name => $"{type}:find-replace";

    /// <inheritdoc />
    protected override RowQuery Query(SpaceRead read, JsonObject config) => SelectionConfig.Read(read, config);

    /// <inheritdoc />
    protected override string? Condition(SpaceRead read, SheetSchema schema, JsonObject config, Selection? selection)
    {
        var replacement = new CellReplacement(schema, config);
        return selection is null ? null : replacement.Condition(read.Connection, selection);
    }

    /// <inheritdoc />
    protected override long Change(SpaceWrite write, SheetOfCall sheet, JsonObject config, IReadOnlyList<long> rows)
    {
        var before = RecordTables.Counts(write.Connection, sheet.Sheet.Records);
        var commit = write.NewId(IdPrefix.Commit);
        var result = BulkChange.Run(write.Connection, sheet.Schema, rows, new CellReplacement(sheet.Schema, config), UpdateStamp.New(commit.Number));
        RecordNews.Commit(write, sheet, commit, result, before);
        return result.Changed;
    }

    /// <inheritdoc />
    protected override JobOutcome Outcome(RowJobProgress progress) => new(string.Create(CultureInfo.InvariantCulture, $"{progress.Changed:N0} records were changed."))
    {
        Figures = new Dictionary<string, JsonNode?> { ["changed"] = progress.Changed, ["snapshotId"] = progress.SnapshotId },
    };
}
