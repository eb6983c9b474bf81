using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records.Bulk;

/// <summary>Walks the rows of a selection in their order while they are changed, a few at a time, so that any number needs no memory.</summary>
internal static class SelectedRows
{
    private const int Batch = 1_000;

    /// <param name="connection">A writer inside a transaction.</param>
    /// <param name="schema">The sheet.</param>
    /// <param name="query">Which rows.</param>
    /// <param name="more">A further condition on <c>x</c>, with its texts put into the selection.</param>
    /// <param name="change">Called for each row, once, when nothing is being read.</param>
    public static void Each(SqliteConnection connection, SheetSchema schema, RowQuery query, Func<Selection, string>? more, Action<long> change)
    {
        var selection = Selection.Of(connection, schema, query);
        var condition = more is null ? selection.Where : $"({selection.Where}) AND {more(selection)}";
        var batch = new List<long>(Batch);
        var last = 0L;
        do
        {
            batch.Clear();
            using (var select = new Statement(connection, string.Create(
                CultureInfo.InvariantCulture, $"SELECT x.id FROM {schema.Table} x WHERE {condition} AND x.id > {last} ORDER BY x.id LIMIT {Batch}")))
            {
                selection.Bind(select);
                while (select.Step())
                {
                    batch.Add(select.Long(0));
                }
            }

            foreach (var row in batch)
            {
                change(row);
                last = row;
            }
        }
        while (batch.Count == Batch);
    }
}
