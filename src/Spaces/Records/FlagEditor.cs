using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Puts and takes a flag of stored rows, keeping their errors and the tally true.</summary>
internal sealed class FlagEditor(SqliteConnection connection, Tally tally) : IDisposable
{
    private readonly Dictionary<int, (Statement Select, Statement Update)> _statements = [];
    private readonly CellFlags _flags = new();

    public void Set(SheetSchema schema, long row, IReadOnlyList<int> columns, string flag, string? argument, bool on)
    {
        if (!_statements.TryGetValue(schema.Number, out var statements))
        {
            statements = (
                new Statement(connection, $"SELECT flags, bad FROM {schema.Table} WHERE id = ?"),
                new Statement(connection, $"UPDATE {schema.Table} SET flags = ?2, bad = ?3 WHERE id = ?1"));
            _statements.Add(schema.Number, statements);
        }

        var (select, update) = statements;
        select.Bind(1, row);
        if (!select.Step())
        {
            select.Reset();
            return;
        }

        _flags.Load(select.Bytes(0));
        var wasBad = !select.IsNull(1);
        select.Reset();
        foreach (var column in columns)
        {
            _flags.Set(column, flag, argument, on);
        }

        var errors = _flags.Errors(schema);
        update.Bind(1, row);
        update.Bind(2, _flags.ToText());
        update.Bind(3, errors);
        update.Run();
        tally.Add(schema.Number, row, 0, (errors is null ? 0 : 1) - (wasBad ? 1 : 0));
    }

    public void Dispose()
    {
        foreach (var (select, update) in _statements.Values)
        {
            select.Dispose();
            update.Dispose();
        }
    }
}
