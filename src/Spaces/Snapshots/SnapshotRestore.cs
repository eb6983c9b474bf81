using Flatfile.Spaces.Records;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Snapshots;

/// <summary>Takes back what happened to the rows of a sheet since a snapshot: all of it, or some kinds of change.</summary>
internal static class SnapshotRestore
{
    private const int Batch = 5_000;
    private const int FirstCell = 1;

    /// <param name="connection">A writer inside a transaction.</param>
    /// <param name="schema">The sheet as it is now.</param>
    /// <param name="snapshot">The snapshot's number.</param>
    /// <param name="commit">The commit of the rows that change or come back.</param>
    /// <param name="kinds">Which changes are taken back.</param>
    public static RestoreResult Run(SqliteConnection connection, SheetSchema schema, long snapshot, long commit, RestoreKinds kinds)
    {
        var diff = new SnapshotDiff(connection, schema, snapshot);
        var deleted = kinds.Created ? RecordDelete.Run(connection, schema, diff.Created) : 0;
        using var change = new SheetChange(connection, schema);
        var columns = string.Concat(diff.Fields.Select(field => ", " + RecordSql.Column(field.Column)));
        using var old = new Statement(connection, $"SELECT extra{columns} FROM {SnapshotTable.Name(snapshot)} WHERE id = ?");
        var updated = kinds.Updated ? Updated(change, diff, old, commit) : 0;
        var returned = kinds.Deleted ? Returned(change, diff, old, commit) : 0;
        change.Finish();
        return new RestoreResult(deleted, updated, returned);
    }

    private static long Updated(SheetChange change, SnapshotDiff diff, Statement old, long commit)
    {
        using var update = new RowUpdate(change, UpdateStamp.New(commit));
        Each(change.Connection, $"{diff.Updated} AND x.id > ?1", row =>
        {
            old.Bind(1, row);
            if (old.Step() && update.Begin(row))
            {
                for (var i = 0; i < diff.Fields.Count; i++)
                {
                    update.Put(diff.Fields[i], old.Cell(FirstCell + i));
                }

                update.Extra(RowExtra.Of(old.Bytes(0)));
                update.Save();
            }

            old.Reset();
        });
        return update.Result.Changed;
    }

    private static long Returned(SheetChange change, SnapshotDiff diff, Statement old, long commit)
    {
        using var insert = new RowInsert(change);
        return Each(change.Connection, $"{diff.Deleted} AND o.id > ?1", row =>
        {
            old.Bind(1, row);
            old.Step();
            insert.Return(row, commit);
            for (var i = 0; i < diff.Fields.Count; i++)
            {
                insert.Value(diff.Fields[i], old.Cell(FirstCell + i), givenAsText: false);
            }

            if (!old.IsNull(0))
            {
                insert.Extra(RowExtra.Of(old.Bytes(0)));
            }

            insert.Save();
            old.Reset();
        });
    }

    private static long Each(SqliteConnection connection, string ids, Action<long> change)
    {
        var count = 0L;
        using var select = new Statement(connection, $"SELECT id, 1 FROM ({ids}) ORDER BY 1 LIMIT {Batch}");
        RowBatches.Each(select, Batch, (row, _) =>
        {
            change(row);
            count++;
        });
        return count;
    }
}
