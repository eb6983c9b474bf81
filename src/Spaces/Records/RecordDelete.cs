using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Takes a selection of rows out of a sheet, however many, without holding them in memory.</summary>
internal static class RecordDelete
{
    private const string Gone = "temp.gone";

    public static long Run(SqliteConnection connection, SheetSchema schema, RowQuery query)
    {
        var selection = Selection.Of(connection, schema, query);
        return Run(connection, schema, $"SELECT x.id FROM {schema.Table} x WHERE {selection.Where}", selection.Bind);
    }

    /// <summary>Deletes these rows.</summary>
    public static long Run(SqliteConnection connection, SheetSchema schema, IEnumerable<long> rows) =>
        Run(connection, schema, insert =>
        {
            foreach (var row in rows)
            {
                insert.Bind(1, row);
                insert.Run();
            }
        }, "VALUES (?)");

    /// <summary>Deletes the rows whose ids a statement yields.</summary>
    public static long Run(SqliteConnection connection, SheetSchema schema, string ids, Action<Statement>? bind = null) =>
        Run(connection, schema, insert =>
        {
            bind?.Invoke(insert);
            insert.Run();
        }, ids);

    private static long Run(SqliteConnection connection, SheetSchema schema, Action<Statement> fill, string ids)
    {
        Statement.Execute(connection, "CREATE TEMP TABLE IF NOT EXISTS gone(id INTEGER PRIMARY KEY)");
        Statement.Execute(connection, $"DELETE FROM {Gone}");
        using (var insert = new Statement(connection, $"INSERT OR IGNORE INTO {Gone} {ids}"))
        {
            fill(insert);
        }

        using var change = new SheetChange(connection, schema);
        change.Dirty?.MarkBeforeDelete(Gone);
        var count = Book(connection, schema, change.Tally);
        foreach (var rule in schema.References.Where(rule => rule.SourceKey is null))
        {
            Statement.Execute(connection, $"DELETE FROM {RecordSql.Elements(schema.Number, rule.Field.Column)} WHERE id IN (SELECT id FROM {Gone})");
        }

        Statement.Execute(connection, $"DELETE FROM {schema.Table} WHERE id IN (SELECT id FROM {Gone})");
        Statement.Execute(connection, $"DELETE FROM {Gone}");
        change.Finish();
        return count;
    }

    private static long Book(SqliteConnection connection, SheetSchema schema, Tally tally)
    {
        var count = 0L;
        using var blocks = new Statement(connection, $"""
            SELECT x.id >> {RecordSql.BlockBits}, COUNT(*), COUNT(x.bad) FROM {Gone} t CROSS JOIN {schema.Table} x ON x.id = t.id GROUP BY 1
            """);
        while (blocks.Step())
        {
            tally.AddBlock(schema.Number, blocks.Long(0), -blocks.Long(1), -blocks.Long(2));
            count += blocks.Long(1);
        }

        return count;
    }
}
