using System.Globalization;
using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Records;

/// <summary>Puts rows into a sheet, one at a time: <see cref="Append"/>, its cells, <see cref="Save"/>.</summary>
internal sealed class RowInsert : IRowCells, IDisposable
{
    private const int FirstCell = 6;

    private readonly SheetChange _change;
    private readonly SheetSchema _schema;
    private readonly Statement _insert;
    private readonly RowKeys _keys;
    private readonly CellFlags _flags = new();
    private readonly char[] _letters;
    private readonly bool[] _isFilled;
    private readonly long _first;
    private long _next;
    private long _row;
    private RowExtra? _extra;
    private bool _hasLetters;

    public RowInsert(SheetChange change)
    {
        _change = change;
        _schema = change.Schema;
        _keys = new RowKeys(_schema);
        _letters = new char[_schema.Fields.Count];
        _isFilled = new bool[_schema.Fields.Count];
        _first = _next = Statement.Scalar(change.Connection, "SELECT next FROM record_sheets WHERE sheet = ?", _schema.Number)
            ?? throw new InvalidOperationException($"Sheet number {_schema.Number} has no table.");
        var columns = _schema.Fields.Select(field => field.Column).Concat(_keys.Shadows.Select(key => key.Column)).ToList();
        var names = string.Concat(columns.Select(column => ", " + RecordSql.Column(column)));
        var places = string.Concat(columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $", ?{FirstCell + i}")));
        _insert = new Statement(change.Connection, $"INSERT INTO {_schema.Table}(id, bad, flags, extra, changed{names}) VALUES (?1, ?2, ?3, ?4, ?5{places})");
    }

    /// <inheritdoc cref="Statement.Lend" />
    public unsafe void Lend(byte* start, int length) => _insert.Lend(start, length);

    /// <summary>Begins a row at the end of the sheet.</summary>
    public void Append() => Begin(_next++);

    /// <summary>Begins a row that was there before, in its old place; it belongs to a commit by its stamp.</summary>
    public void Return(long row, long stamp)
    {
        Begin(row);
        _insert.Bind(5, stamp);
        _change.Log(row, stamp);
        _change.Dirty?.Touch(row);
    }

    /// <inheritdoc />
    public void Value(SheetField field, CellData cell, bool givenAsText)
    {
        if (_isFilled[field.Position] || !cell.IsEmpty)
        {
            _insert.Bind(FirstCell + field.Position, cell);
        }

        _isFilled[field.Position] = !cell.IsEmpty;
        var letter = cell.IsEmpty ? CellFlag.None : field.Check(cell);
        _letters[field.Position] = letter;
        _hasLetters |= letter != CellFlag.None;
        if (field.NeedsKeyText)
        {
            _keys.Set(field, cell);
        }

        if (_change.Elements.Count > 0)
        {
            Elements(field, cell);
        }
    }

    /// <inheritdoc />
    public void Messages(SheetField field, JsonArray messages)
    {
        if (messages.Count > 0)
        {
            Extra().SetMessages(field.Column, messages);
        }
    }

    /// <summary>The row's metadata.</summary>
    public void Metadata(JsonObject? metadata) => Extra().Metadata = metadata;

    /// <summary>The row's locks.</summary>
    public void Config(JsonObject? config) => Extra().Config = config;

    /// <summary>Messages, metadata and locks as they were stored.</summary>
    public void Extra(RowExtra extra) => _extra = extra;

    /// <summary>Writes the row begun last.</summary>
    public void Save()
    {
        foreach (var field in _schema.RequiredFields)
        {
            if (!_isFilled[field.Position])
            {
                _letters[field.Position] = CellFlag.Required;
                _hasLetters = true;
            }
        }

        var errors = _hasLetters || _extra is not null ? BindFlags() : null;
        for (var i = 0; i < _keys.Shadows.Count; i++)
        {
            _insert.Bind(FirstCell + _schema.Fields.Count + i, _keys.Of(_keys.Shadows[i]));
        }

        _insert.Bind(1, _row);
        _insert.Run();
        _change.Tally.Add(_schema.Number, _row, 1, errors is null ? 0 : 1);
    }

    /// <summary>Books the appended rows to a commit; before the change is finished.</summary>
    public InsertResult Book(long commit)
    {
        var rows = new InsertResult(_first, checked((int)(_next - _first)));
        if (rows.Count == 0)
        {
            return rows;
        }

        using (var next = new Statement(_change.Connection, "UPDATE record_sheets SET next = ?2 WHERE sheet = ?1"))
        {
            next.Bind(1, _schema.Number);
            next.Bind(2, _next);
            next.Run();
        }

        using (var book = new Statement(_change.Connection, """
            INSERT INTO record_inserts(sheet, commit_number, first, last) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT(sheet, commit_number) DO UPDATE SET last = ?4
            """))
        {
            book.Bind(1, _schema.Number);
            book.Bind(2, commit);
            book.Bind(3, rows.First);
            book.Bind(4, rows.Last);
            book.Run();
        }

        SoughtIndexes.DropOutgrown(_change.Connection, _schema.Number, _next);
        _change.Dirty?.TouchFrom(rows.First);
        return rows;
    }

    public void Dispose() => _insert.Dispose();

    private void Begin(long row)
    {
        _row = row;
        _insert.ClearBindings();
        Array.Clear(_isFilled);
        _keys.Clear();
        _extra = null;
        if (_hasLetters)
        {
            Array.Clear(_letters);
            _hasLetters = false;
        }
    }

    private void Elements(SheetField field, CellData cell)
    {
        foreach (var elements in _change.Elements)
        {
            if (elements.Field == field)
            {
                elements.Delete(_row);
                elements.Insert(_row, cell);
            }
        }
    }

    private RowExtra Extra() => _extra ??= RowExtra.Of(default);

    private string? BindFlags()
    {
        _flags.Clear();
        foreach (var field in _schema.Fields)
        {
            if (_letters[field.Position] != CellFlag.None)
            {
                _flags.Add(field.Column, _letters[field.Position]);
            }

            _extra?.Flag(field.Column, _flags);
        }

        var errors = _flags.Errors(_schema);
        _insert.Bind(2, errors);
        _insert.Bind(3, _flags.ToText());
        _insert.Bind(4, _extra?.ToText());
        return errors;
    }
}
