using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>After a write: brings the flags that depend on several rows up to date, in this sheet and in those that refer to it.</summary>
internal static class Settlement
{
    public static void AfterChange(SqliteConnection connection, Tally tally, SheetSchema schema, DirtyKeys dirty)
    {
        dirty.MarkAfterChange();
        using var editor = new FlagEditor(connection, tally);
        foreach (var rule in schema.UniqueRules)
        {
            var settlement = new UniqueSettlement(connection, editor, schema, rule);
            settlement.Rows(DirtyKeys.Touched);
            settlement.Groups(dirty);
        }

        foreach (var rule in schema.References)
        {
            new ReferenceSettlement(connection, editor, rule).Rows(DirtyKeys.Touched);
        }

        foreach (var rule in schema.Keys.SelectMany(key => key.ReferencedBy))
        {
            new ReferenceSettlement(connection, editor, rule).Keys(dirty);
        }

        dirty.Clear();
    }

    /// <summary>Looks at every row of the sheet.</summary>
    public static void Whole(SqliteConnection connection, Tally tally, SheetSchema schema)
    {
        using var editor = new FlagEditor(connection, tally);
        foreach (var rule in schema.UniqueRules)
        {
            new UniqueSettlement(connection, editor, schema, rule).Rows(schema.Table);
        }

        foreach (var rule in schema.References)
        {
            new ReferenceSettlement(connection, editor, rule).Rows(schema.Table);
        }
    }
}
