using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Records.Bulk;

/// <summary>How far a job over rows is.</summary>
/// <param name="Total">Rows put down at its beginning.</param>
/// <param name="Last">The last row done.</param>
/// <param name="Done">Rows done.</param>
/// <param name="Changed">Rows that were concerned.</param>
/// <param name="SnapshotId">The snapshot made before, if one was.</param>
internal sealed record RowJobProgress(long Total, long Last, long Done, long Changed, string? SnapshotId)
{
    /// <summary>Whether no row is left.</summary>
    public bool IsDone { get; init; }

    /// <summary>From a checkpoint; nothing when there is none yet.</summary>
    public static RowJobProgress? Of(JsonObject? checkpoint) => checkpoint is null ? null : new RowJobProgress(
        checkpoint["total"]!.GetValue<long>(),
        checkpoint["last"]!.GetValue<long>(),
        checkpoint["done"]!.GetValue<long>(),
        checkpoint["changed"]!.GetValue<long>(),
        checkpoint.Text("snapshotId"));

    /// <summary>The checkpoint.</summary>
    public JsonObject ToJson() => new()
    {
        ["total"] = Total, ["last"] = Last, ["done"] = Done, ["changed"] = Changed, ["snapshotId"] = SnapshotId,
    };
}
