using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>The elements of a reference list's cells, each beside its row, so that a row looked for finds the lists that name it.</summary>
internal sealed class ElementTable(SqliteConnection connection, SheetSchema schema, SheetField listField) : IDisposable
{
    private readonly Statement _delete = new(connection, $"DELETE FROM {RecordSql.Elements(schema.Number, listField.Column)} WHERE id = ?");
    private readonly Statement _insert = new(connection, $"INSERT OR IGNORE INTO {RecordSql.Elements(schema.Number, listField.Column)}(id, key) VALUES (?, ?)");

    public SheetField Field => listField;

    /// <summary>The tables of a sheet's reference lists.</summary>
    public static List<ElementTable> Of(SqliteConnection connection, SheetSchema schema) =>
        [.. schema.References.Where(rule => rule.SourceKey is null).Select(rule => new ElementTable(connection, schema, rule.Field))];

    public void Insert(long row, CellData cell)
    {
        foreach (var key in ReferenceSettlement.KeysOf(listField, cell))
        {
            _insert.Bind(1, row);
            _insert.Bind(2, key);
            _insert.Run();
        }
    }

    public void Delete(long row)
    {
        _delete.Bind(1, row);
        _delete.Run();
    }

    public void Dispose()
    {
        _delete.Dispose();
        _insert.Dispose();
    }
}
