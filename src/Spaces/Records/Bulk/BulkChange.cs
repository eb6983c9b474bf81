using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records.Bulk;

/// <summary>Does the same to many rows.</summary>
internal static class BulkChange
{
    /// <summary>Changes the rows of a selection.</summary>
    public static UpdateResult Run(SqliteConnection connection, SheetSchema schema, RowQuery query, IRowChange what, UpdateStamp stamp) =>
        Run(connection, schema, what, stamp, change => SelectedRows.Each(
            connection, schema, query, selection => what.Condition(connection, selection) ?? "1", change));

    /// <summary>Changes these rows.</summary>
    public static UpdateResult Run(SqliteConnection connection, SheetSchema schema, IEnumerable<long> rows, IRowChange what, UpdateStamp stamp) =>
        Run(connection, schema, what, stamp, change =>
        {
            foreach (var row in rows)
            {
                change(row);
            }
        });

    private static UpdateResult Run(SqliteConnection connection, SheetSchema schema, IRowChange what, UpdateStamp stamp, Action<Action<long>> each)
    {
        using var change = new SheetChange(connection, schema);
        using var update = new RowUpdate(change, stamp);
        each(row =>
        {
            if (update.Begin(row))
            {
                what.Apply(update);
                update.Save();
            }
        });
        change.Finish();
        return update.Result;
    }
}
