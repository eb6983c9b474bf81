using System.Globalization;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Jobs;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records.Bulk;

/// <summary><c>workbook:delete-records</c>: deletes a selection but for its exceptions, or, without a selection, exactly the exceptions.</summary>
internal sealed class DeleteRecordsJob : RowJob
{
    /// <inheritdoc />
    public override string Name => "workbook:delete-records";

    /// <inheritdoc />
    protected override RowQuery Query(SpaceRead read, JsonObject config) => SelectionConfig.Read(read, config).Cautious();

    /// <inheritdoc />
    protected override long Change(SpaceWrite write, SheetOfCall sheet, JsonObject config, IReadOnlyList<long> rows)
    {
        var count = RecordDelete.Run(write.Connection, sheet.Schema, rows);
        if (count > 0)
        {
            RecordNews.Deleted(write, sheet, count);
            RecordNews.Counts(write, sheet);
        }

        return count;
    }

    /// <inheritdoc />
    protected override JobOutcome Outcome(RowJobProgress progress) => new(string.Create(CultureInfo.InvariantCulture, $"{progress.Changed:N0} records were deleted."))
    {
        Figures = new Dictionary<string, JsonNode?> { ["deleted"] = progress.Changed, ["snapshotId"] = progress.SnapshotId },
    };
}
