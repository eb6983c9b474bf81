using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Looks at every row of sheets whose rules changed: flags, errors and keys as if all rows were written anew. Values stay.</summary>
internal static class Revalidation
{
    private const int Batch = 5_000;
    private const int FirstShadow = 4;

    public static void Run(SqliteConnection connection, IReadOnlyList<SheetSchema> sheets)
    {
        var tally = new Tally(connection);
        foreach (var schema in sheets)
        {
            Rows(connection, tally, schema);
        }

        // Keys of all sheets stand now, so references between them can be looked up.
        foreach (var schema in sheets)
        {
            Settlement.Whole(connection, tally, schema);
        }

        tally.Save();
    }

    private static void Rows(SqliteConnection connection, Tally tally, SheetSchema schema)
    {
        var keys = new RowKeys(schema);
        var flags = new CellFlags();
        var elements = ElementTable.Of(connection, schema);
        foreach (var table in elements)
        {
            Statement.Execute(connection, $"DELETE FROM {RecordSql.Elements(schema.Number, table.Field.Column)}");
        }

        var columns = string.Concat(schema.Fields.Select(field => ", " + RecordSql.Column(field.Column)));
        var shadows = string.Concat(keys.Shadows.Select((key, i) => string.Create(CultureInfo.InvariantCulture, $", {key.Sql} = ?{FirstShadow + i}")));
        using var ids = new Statement(connection, $"SELECT id, 1 FROM {schema.Table} WHERE id > ?1 ORDER BY id LIMIT {Batch}");
        using var select = new Statement(connection, $"SELECT bad, extra{columns} FROM {schema.Table} WHERE id = ?1");
        using var update = new Statement(connection, $"UPDATE {schema.Table} SET flags = ?2, bad = ?3{shadows} WHERE id = ?1");
        try
        {
            RowBatches.Each(ids, Batch, (row, _) =>
            {
                select.Bind(1, row);
                select.Step();
                var wasBad = !select.IsNull(0);
                flags.Clear();
                keys.Clear();
                if (!select.IsNull(1))
                {
                    var extra = RowExtra.Of(select.Bytes(1));
                    foreach (var field in schema.Fields)
                    {
                        extra.Flag(field.Column, flags);
                    }
                }

                foreach (var field in schema.Fields)
                {
                    if (field.Check(select.Cell(2 + field.Position)) is var letter and not CellFlag.None)
                    {
                        flags.Add(field.Column, letter);
                    }
                }

                foreach (var field in keys.Fields)
                {
                    keys.Set(field, select.Cell(2 + field.Position));
                }

                foreach (var table in elements)
                {
                    table.Insert(row, select.Cell(2 + table.Field.Position));
                }

                select.Reset();
                var errors = flags.Errors(schema);
                update.Bind(1, row);
                update.Bind(2, flags.ToText());
                update.Bind(3, errors);
                for (var i = 0; i < keys.Shadows.Count; i++)
                {
                    update.Bind(FirstShadow + i, keys.Of(keys.Shadows[i]));
                }

                update.Run();
                tally.Add(schema.Number, row, 0, (errors is null ? 0 : 1) - (wasBad ? 1 : 0));
            });
        }
        finally
        {
            elements.ForEach(table => table.Dispose());
        }
    }
}
