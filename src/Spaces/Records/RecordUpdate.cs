using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Merges the rows of one body into stored ones: values given replace, values absent stay.</summary>
internal sealed class RecordUpdate : IDisposable
{
    private const int FirstCell = 4;

    private readonly SqliteConnection _connection;
    private readonly SheetSchema _schema;
    private readonly UpdateStamp _stamp;
    private readonly Statement _select;
    private readonly RowUpdateStatements _updates;
    private readonly RowKeys _keys;
    private readonly List<ElementTable> _elements;
    private readonly Tally _tally;
    private readonly DirtyKeys? _dirty;
    private readonly CellParser _parser = new();
    private readonly CellFlags _flags = new();
    private readonly CellChanges _changes = new();
    private RowExtra? _extra;
    private int _found;
    private int _skipped;
    private int _changed;
    private int _touched;

    public RecordUpdate(SqliteConnection connection, SheetSchema schema, UpdateStamp stamp)
    {
        _connection = connection;
        _schema = schema;
        _stamp = stamp;
        _keys = new RowKeys(schema);
        _elements = ElementTable.Of(connection, schema);
        _tally = new Tally(connection);
        _dirty = schema.IsCompared ? new DirtyKeys(connection, schema) : null;
        _updates = new RowUpdateStatements(connection, schema, _keys);
        var columns = string.Concat(schema.Fields.Select(field => ", " + RecordSql.Column(field.Column)));
        _select = new Statement(connection, $"SELECT changed, bad, flags, extra{columns} FROM {schema.Table} WHERE id = ?");
    }

    public UpdateResult Run(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
        {
            throw new RecordBodyException("The body is not UTF-8. Send JSON as UTF-8.");
        }

        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            throw new RecordBodyException("""The body must be an array of rows: [{"id":"us_rc_...","values":{"field":{"value":"text"}}}].""");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Record(ref reader);
        }

        reader.Read();
        if (_dirty is not null)
        {
            Settlement.AfterChange(_connection, _tally, _schema, _dirty);
        }

        _tally.Save();
        return new UpdateResult(_found, _skipped, _changed, _touched);
    }

    public void Dispose()
    {
        _select.Dispose();
        _updates.Dispose();
        _dirty?.Dispose();
        _elements.ForEach(table => table.Dispose());
    }

    private static void Require(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (reader.TokenType != type)
        {
            throw new RecordBodyException(what);
        }
    }

    /// <summary>The members come in any order, so the places of the long ones are remembered until the id is known.</summary>
    private void Record(ref Utf8JsonReader reader)
    {
        Require(ref reader, JsonTokenType.StartObject, "A row of the body is no object. Send each row as an object with its id and values.");
        string? id = null;
        Utf8JsonReader values = default, metadata = default, config = default;
        var (hasValues, hasMetadata, hasConfig) = (false, false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                id = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }
            else if (reader.ValueTextEquals("values"u8))
            {
                reader.Read();
                hasValues = reader.TokenType == JsonTokenType.StartObject;
                values = reader;
            }
            else if (reader.ValueTextEquals("metadata"u8))
            {
                reader.Read();
                hasMetadata = true;
                metadata = reader;
            }
            else if (reader.ValueTextEquals("config"u8))
            {
                reader.Read();
                hasConfig = true;
                config = reader;
            }
            else
            {
                reader.Read();
            }

            reader.Skip();
        }

        if (id is null)
        {
            throw new RecordBodyException("A row of the body has no id. Every row to change needs the id it was read with.");
        }

        if (!RecordId.TryParse(id, _schema.Number, out var row))
        {
            _skipped++;
            return;
        }

        _select.Bind(1, row);
        if (!_select.Step())
        {
            _select.Reset();
            _skipped++;
            return;
        }

        _found++;
        _flags.Load(_select.Bytes(2));
        _extra = hasMetadata || hasConfig ? Extra() : null;
        _changes.Clear();
        if (hasValues)
        {
            Values(ref values);
        }

        if (hasMetadata)
        {
            _extra!.Metadata = JsonNode.Parse(ref metadata) as JsonObject;
        }

        if (hasConfig)
        {
            _extra!.Config = JsonNode.Parse(ref config) as JsonObject;
        }

        Save(row);
    }

    private RowExtra Extra() => _extra ??= RowExtra.Of(_select.Bytes(3));

    private void Values(ref Utf8JsonReader reader)
    {
        var expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = _schema.Find(ref reader, expected);
            reader.Read();
            if (field is null)
            {
                reader.Skip();
                continue;
            }

            expected = field.Position + 1;
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                Value(ref reader, field);
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("value"u8))
                {
                    reader.Read();
                    Value(ref reader, field);
                }
                else if (reader.ValueTextEquals("messages"u8))
                {
                    reader.Read();
                    Messages(ref reader, field);
                }
                else
                {
                    reader.Read();
                    reader.Skip();
                }
            }
        }
    }

    private void Value(ref Utf8JsonReader reader, SheetField field)
    {
        var isText = reader.TokenType == JsonTokenType.String;
        var cell = _parser.Read(ref reader, field);
        var stored = _select.Cell(FirstCell + field.Position);
        _changes.Remove(field);
        if (!cell.Same(stored) && !ShownValue.IsSame(field, stored, cell, isText))
        {
            _changes.Add(field, cell);
        }
    }

    private void Messages(ref Utf8JsonReader reader, SheetField field)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        var messages = JsonNode.Parse(ref reader) as JsonArray ?? [];
        if (messages.Count > 0 || !_select.IsNull(3))
        {
            Extra().SetMessages(field.Column, messages);
            Extra().Flag(field.Column, _flags);
        }
    }

    private void Save(long row)
    {
        var extra = _extra is null ? _select.Text(3) : _extra.ToText();
        var isTouched = _changes.Count > 0 || (_extra is not null && extra != _select.Text(3));
        long? oldStamp = _select.IsNull(0) ? null : _select.Long(0);
        var wasBad = !_select.IsNull(1);
        var mustStamp = _changes.Count > 0 || _stamp.StampAll;
        if (!isTouched && !mustStamp)
        {
            _select.Reset();
            return;
        }

        var isCompared = false;
        var needsKeys = false;
        foreach (var change in _changes)
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

        if (needsKeys)
        {
            foreach (var field in _keys.Fields)
            {
                _keys.Set(field, _changes.Find(field) is { } change ? change.Data : _select.Cell(FirstCell + field.Position));
            }
        }

        _select.Reset();
        if (isCompared)
        {
            _dirty?.TouchBeforeChange(row);
        }

        var errors = _flags.Errors(_schema);
        var stamp = mustStamp ? _stamp.For(row, oldStamp) : oldStamp;
        _updates.Run(row, stamp, errors, _flags.ToText(), extra, _changes, needsKeys);
        foreach (var table in _elements)
        {
            if (_changes.Find(table.Field) is { } change)
            {
                table.Delete(row);
                table.Insert(row, change.Data);
            }
        }

        _tally.Add(_schema.Number, row, 0, (errors is null ? 0 : 1) - (wasBad ? 1 : 0));
        _touched += isTouched ? 1 : 0;
        _changed += _changes.Count > 0 ? 1 : 0;
    }
}
