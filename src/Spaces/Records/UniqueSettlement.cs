using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Gives every member of a group of equal keys its flag, and takes it when the group has shrunk to one.</summary>
internal sealed class UniqueSettlement(SqliteConnection connection, FlagEditor editor, SheetSchema schema, UniqueRule rule)
{
    private const int Batch = 5_000;

    private string Flagged => $"ifnull(instr(x.flags, ',{rule.Columns[0]}{rule.Flag},'), 0) > 0";

    private string HasTwin => $"EXISTS (SELECT 1 FROM {schema.Table} o WHERE o.{rule.Key.Sql} = x.{rule.Key.Sql} AND o.id <> x.id)";

    /// <summary>Corrects the rows listed in a table.</summary>
    public void Rows(string scope)
    {
        using var select = new Statement(connection, $"""
            SELECT x.id, {HasTwin} FROM {scope} t CROSS JOIN {schema.Table} x ON x.id = t.id
            WHERE t.id > ?1 AND ({HasTwin}) <> ({Flagged}) ORDER BY t.id LIMIT {Batch}
            """);
        RowBatches.Each(select, Batch, (row, hasTwin) => Set(row, hasTwin));
    }

    /// <summary>
    /// Corrects rows that the write did not touch but whose group it changed. Two untouched members of a group were twins before and still
    /// are, so only a lone one can be wrong.
    /// </summary>
    public void Groups(DirtyKeys dirty)
    {
        using var untouched = new Statement(connection, $"""
            SELECT x.id, {HasTwin}, {Flagged} FROM {schema.Table} x
            WHERE x.{rule.Key.Sql} = ?1 AND x.id NOT IN (SELECT id FROM {DirtyKeys.Touched}) LIMIT 2
            """);
        using var keys = dirty.Of(rule.Key);
        while (keys.Step())
        {
            untouched.Bind(1, keys.Cell(0));
            var count = 0;
            var (row, hasTwin, isFlagged) = (0L, false, false);
            while (untouched.Step())
            {
                count++;
                (row, hasTwin, isFlagged) = (untouched.Long(0), untouched.Long(1) != 0, untouched.Long(2) != 0);
            }

            untouched.Reset();
            if (count == 1 && hasTwin != isFlagged)
            {
                Set(row, hasTwin);
            }
        }
    }

    private void Set(long row, bool on) => editor.Set(schema, row, rule.Columns, rule.Flag, null, on);
}
