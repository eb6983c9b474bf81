using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>One statement per set of changed fields: most updates of a body change the same ones.</summary>
internal sealed class RowUpdateStatements(SqliteConnection connection, SheetSchema schema, RowKeys keys) : IDisposable
{
    private const int Most = 64;
    private const int FirstCell = 6;

    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    public void Run(long row, long? changed, string? errors, string? flags, string? extra, CellChanges changes, bool withKeys)
    {
        var statement = For(changes, withKeys);
        statement.Bind(1, row);
        if (changed is { } number)
        {
            statement.Bind(2, number);
        }
        else
        {
            statement.BindNull(2);
        }

        statement.Bind(3, errors);
        statement.Bind(4, flags);
        statement.Bind(5, extra);
        var index = FirstCell;
        foreach (var change in changes)
        {
            statement.Bind(index++, change.Data);
        }

        for (var i = 0; withKeys && i < keys.Shadows.Count; i++)
        {
            statement.Bind(index++, keys.Of(keys.Shadows[i]));
        }

        statement.Run();
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
    }

    private Statement For(CellChanges changes, bool withKeys)
    {
        var shape = changes.Shape();
        if (_statements.TryGetValue(shape, out var known))
        {
            return known;
        }

        if (_statements.Count >= Most)
        {
            Dispose();
        }

        var columns = new List<int>();
        foreach (var change in changes)
        {
            columns.Add(change.Field.Column);
        }

        if (withKeys)
        {
            columns.AddRange(keys.Shadows.Select(key => key.Column));
        }

        var assignments = string.Concat(columns.Select((column, i) => string.Create(CultureInfo.InvariantCulture, $", {RecordSql.Column(column)} = ?{FirstCell + i}")));
        var statement = new Statement(connection, $"UPDATE {schema.Table} SET changed = ?2, bad = ?3, flags = ?4, extra = ?5{assignments} WHERE id = ?1");
        _statements.Add(shape, statement);
        return statement;
    }
}
