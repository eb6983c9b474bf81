using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Records;

/// <summary>Changes stored rows, one at a time: <see cref="Begin"/>, its cells, <see cref="Save"/>. What is not given stays.</summary>
internal sealed class RowUpdate : IRowCells, IDisposable
{
    private const int FirstCell = 4;

    private readonly SheetChange _change;
    private readonly SheetSchema _schema;
    private readonly UpdateStamp _stamp;
    private readonly Statement _select;
    private readonly RowUpdateStatements _updates;
    private readonly RowKeys _keys;
    private readonly CellFlags _flags = new();
    private readonly CellChanges _cells = new();
    private long _row;
    private RowExtra? _extra;
    private int _found;
    private int _skipped;
    private int _changed;
    private int _touched;

    public RowUpdate(SheetChange change, UpdateStamp stamp)
    {
        _change = change;
        _schema = change.Schema;
        _stamp = stamp;
        _keys = new RowKeys(_schema);
        _updates = new RowUpdateStatements(change.Connection, _schema, _keys);
        var columns = string.Concat(_schema.Fields.Select(field => ", " + RecordSql.Column(field.Column)));
        _select = new Statement(change.Connection, $"SELECT changed, bad, flags, extra{columns} FROM {_schema.Table} WHERE id = ?");
    }

    /// <summary>What was done so far.</summary>
    public UpdateResult Result => new(_found, _skipped, _changed, _touched);

    /// <summary>Begins a row by its id; one that is none of the sheet's rows is counted and skipped.</summary>
    public bool Begin(string id)
    {
        if (RecordId.TryParse(id, _schema.Number, out var row))
        {
            return Begin(row);
        }

        _skipped++;
        return false;
    }

    /// <summary>Begins a row; one that is not there is counted and skipped.</summary>
    public bool Begin(long row)
    {
        _row = row;
        _extra = null;
        _cells.Clear();
        _select.Reset();
        _select.Bind(1, row);
        if (!_select.Step())
        {
            _select.Reset();
            _skipped++;
            return false;
        }

        _found++;
        _flags.Load(_select.Bytes(2));
        return true;
    }

    /// <summary>The cell as it is stored, valid until the row is saved.</summary>
    public CellData Stored(SheetField field) => _select.Cell(FirstCell + field.Position);

    /// <summary>Whether the row is locked, or this cell of it.</summary>
    public bool IsReadonly(SheetField field) => !_select.IsNull(3) && Extra().IsReadonly(field.Key);

    /// <inheritdoc />
    public void Value(SheetField field, CellData cell, bool givenAsText)
    {
        if (ShownValue.IsSame(field, Stored(field), cell, givenAsText))
        {
            _cells.Remove(field);
        }
        else
        {
            Put(field, cell);
        }
    }

    /// <summary>A cell exactly as it shall be stored.</summary>
    public void Put(SheetField field, CellData cell)
    {
        _cells.Remove(field);
        if (!cell.Same(Stored(field)))
        {
            _cells.Add(field, cell);
        }
    }

    /// <inheritdoc />
    public void Messages(SheetField field, JsonArray messages)
    {
        if (messages.Count > 0 || !_select.IsNull(3))
        {
            Extra().SetMessages(field.Column, messages);
            Extra().Flag(field.Column, _flags);
        }
    }

    /// <summary>The row's metadata, in place of what it had.</summary>
    public void Metadata(JsonObject? metadata) => Extra().Metadata = metadata;

    /// <summary>The row's locks, in place of what it had.</summary>
    public void Config(JsonObject? config) => Extra().Config = config;

    /// <summary>Messages, metadata and locks as they were stored once.</summary>
    public void Extra(RowExtra extra)
    {
        _extra = extra;
        foreach (var field in _schema.Fields)
        {
            extra.Flag(field.Column, _flags);
        }
    }

    /// <summary>Writes the row begun last, where anything of it differs.</summary>
    public void Save()
    {
        var extra = _extra is null ? _select.Text(3) : _extra.ToText();
        var isTouched = _cells.Count > 0 || (_extra is not null && extra != _select.Text(3));
        long? oldStamp = _select.IsNull(0) ? null : _select.Long(0);
        var wasBad = !_select.IsNull(1);
        var mustStamp = _cells.Count > 0 || _stamp.StampAll;
        if (!isTouched && !mustStamp)
        {
            _select.Reset();
            return;
        }

        var (isCompared, needsKeys) = Check();
        if (needsKeys)
        {
            foreach (var field in _keys.Fields)
            {
                _keys.Set(field, _cells.Find(field) is { } change ? change.Data : Stored(field));
            }
        }

        _select.Reset();
        if (isCompared)
        {
            _change.Dirty?.TouchBeforeChange(_row);
        }

        if (mustStamp && !_stamp.Inserted(_row))
        {
            _change.Log(_row, _stamp.Commit);
        }

        var errors = _flags.Errors(_schema);
        var stamp = mustStamp ? _stamp.For(_row, oldStamp) : oldStamp;
        _updates.Run(_row, stamp, errors, _flags.ToText(), extra, _cells, needsKeys);
        foreach (var table in _change.Elements)
        {
            if (_cells.Find(table.Field) is { } change)
            {
                table.Delete(_row);
                table.Insert(_row, change.Data);
            }
        }

        _change.Tally.Add(_schema.Number, _row, 0, (errors is null ? 0 : 1) - (wasBad ? 1 : 0));
        _touched += isTouched ? 1 : 0;
        _changed += _cells.Count > 0 ? 1 : 0;
    }

    public void Dispose()
    {
        _select.Dispose();
        _updates.Dispose();
    }

    private RowExtra Extra() => _extra ??= RowExtra.Of(_select.Bytes(3));

    /// <summary>Flags the changed cells anew.</summary>
    private (bool IsCompared, bool NeedsKeys) Check()
    {
        var isCompared = false;
        var needsKeys = false;
        foreach (var change in _cells)
        {
            isCompared |= change.Field.IsCompared;
            needsKeys |= change.Field.NeedsKeyText;
            _flags.Remove(change.Field.Column, letter =>
                letter is CellFlag.Required or CellFlag.InvalidValue or CellFlag.InvalidOption || (letter == CellFlag.Unlinked && change.Field.MayBeList));
            if (change.Field.Check(change.Data) is var letter and not CellFlag.None)
            {
                _flags.Add(change.Field.Column, letter);
            }
        }

        return (isCompared, needsKeys);
    }
}
