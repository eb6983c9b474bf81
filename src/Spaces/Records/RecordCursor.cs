using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Reads one page of a sheet, row by row, into the wire's JSON; holds one row at a time.</summary>
internal sealed class RecordCursor : IDisposable
{
    private readonly RowWriter? _rows;
    private readonly Func<List<long>>? _sort;
    private List<long>? _sorted;
    private int _place;

    private RecordCursor(Statement row, RowWriter? rows = null, Func<List<long>>? sort = null)
    {
        Row = row;
        _rows = rows;
        _sort = sort;
    }

    /// <summary>What was selected of the row the cursor stands on.</summary>
    public Statement Row { get; }

    /// <param name="connection">A reader.</param>
    /// <param name="schema">The sheet.</param>
    /// <param name="query">Which rows.</param>
    /// <param name="timed">Whether cells say when they were changed.</param>
    /// <exception cref="RecordBodyException">The query names what the sheet does not have.</exception>
    public static RecordCursor Open(SqliteConnection connection, SheetSchema schema, RowQuery query, bool timed = false)
    {
        var rows = new RowWriter(connection, schema, query, timed ? new CommitTimes(connection, schema.Number) : null);
        return Open(connection, schema, query, rows.Columns, rows);
    }

    /// <summary>A page whose rows the caller writes.</summary>
    /// <param name="connection">A reader.</param>
    /// <param name="schema">The sheet.</param>
    /// <param name="query">Which rows.</param>
    /// <param name="columns">What to select from <c>x</c>.</param>
    /// <param name="rows">Writes the rows.</param>
    /// <exception cref="RecordBodyException">The query names what the sheet does not have.</exception>
    public static RecordCursor Open(SqliteConnection connection, SheetSchema schema, RowQuery query, string columns, RowWriter? rows = null)
    {
        if (query.PageSize < 1 || query.PageNumber < 1)
        {
            throw new RecordBodyException("pageSize and pageNumber start at 1.");
        }

        var selection = Selection.Of(connection, schema, query);
        var offset = (long)query.PageSize * (query.PageNumber - 1);
        if (!string.IsNullOrEmpty(query.SortField))
        {
            var order = Order(Selection.FieldOf(schema, query.SortField, "sortField"), query.IsDescending);
            return new RecordCursor(
                new Statement(connection, $"SELECT {columns} FROM {schema.Table} x WHERE x.id = ?"), rows,
                () => Sorted(connection, schema, selection, order, query.PageSize, offset));
        }

        var from = "";
        if (selection.Metric is { } metric)
        {
            var before = selection.Range is { } range ? BlockIndex.CountBefore(connection, schema, metric, range.First) : 0;
            var start = BlockIndex.Locate(connection, schema.Number, metric, before + offset);

            // In the block where the range begins, the rows before it are skipped by the range itself.
            offset = start is { } found && (selection.Range is null || found.Row > selection.Range.Value.First) ? found.Skip : offset;
            from = string.Create(CultureInfo.InvariantCulture, $" AND x.id >= {start?.Row ?? long.MaxValue}");
        }

        var select = new Statement(connection, string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT {columns} FROM {schema.Table} x WHERE {selection.Where}{from} ORDER BY x.id LIMIT {query.PageSize} OFFSET {offset}"));
        selection.Bind(select);
        return new RecordCursor(select, rows);
    }

    /// <summary>The rows an insert made, in the order of its body.</summary>
    public static RecordCursor Inserted(SqliteConnection connection, SheetSchema schema, InsertResult result)
    {
        var rows = new RowWriter(connection, schema, new RowQuery(), new CommitTimes(connection, schema.Number));
        var select = new Statement(connection, $"SELECT {rows.Columns} FROM {schema.Table} x WHERE x.id BETWEEN ? AND ? ORDER BY x.id");
        select.Bind(1, result.First);
        select.Bind(2, result.Last);
        return new RecordCursor(select, rows);
    }

    /// <summary>Goes to the next row; false when there is none. The rows are sorted when the first is asked for.</summary>
    public bool Next()
    {
        if (_sort is not null)
        {
            _sorted ??= _sort();
            if (_place >= _sorted.Count)
            {
                return false;
            }

            Row.Reset();
            Row.Bind(1, _sorted[_place++]);
        }

        return Row.Step();
    }

    /// <summary>Writes the next record; false when there is none.</summary>
    public bool WriteNext(Utf8JsonWriter writer)
    {
        if (!Next())
        {
            return false;
        }

        _rows!.Write(Row, writer);
        return true;
    }

    public void Dispose()
    {
        Row.Dispose();
        _rows?.Dispose();
    }

    private static List<long> Sorted(SqliteConnection connection, SheetSchema schema, Selection selection, string order, int size, long offset)
    {
        var rows = new List<long>();
        using var select = new Statement(connection, string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT x.id FROM {schema.Table} x WHERE {selection.Where} ORDER BY {order} LIMIT {size} OFFSET {offset}"));
        selection.Bind(select);
        while (select.Step())
        {
            rows.Add(select.Long(0));
        }

        return rows;
    }

    /// <summary>Numbers by size with what is none at the end, everything else as text; equal ones in the order of the rows.</summary>
    public static string Order(SheetField field, bool isDescending)
    {
        var column = $"x.{RecordSql.Column(field.Column)}";
        var direction = isDescending ? " DESC" : "";
        return field.Kind == FieldKind.Number
            ? $"ifnull(instr(x.flags, ',{field.Column}{CellFlag.InvalidValue},'), 0) > 0, "
                + $"CASE typeof({column}) WHEN 'text' THEN CAST({column} AS REAL) ELSE {column} END{direction}, x.id"
            : $"{column} COLLATE NOCASE{direction}, x.id";
    }
}
