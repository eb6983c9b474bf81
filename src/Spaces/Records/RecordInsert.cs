using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Puts the rows of one body at the end of a sheet: from the JSON straight into the statement, one row at a time.</summary>
internal sealed class RecordInsert : IDisposable
{
    private const int FirstCell = 5;

    private readonly SqliteConnection _connection;
    private readonly SheetSchema _schema;
    private readonly Statement _insert;
    private readonly RowKeys _keys;
    private readonly List<ElementTable> _elements;
    private readonly Tally _tally;
    private readonly CellParser _parser = new();
    private readonly CellFlags _flags = new();
    private readonly char[] _letters;
    private readonly bool[] _isFilled;
    private RowExtra? _extra;
    private bool _hasLetters;

    public RecordInsert(SqliteConnection connection, SheetSchema schema)
    {
        _connection = connection;
        _schema = schema;
        _keys = new RowKeys(schema);
        _elements = ElementTable.Of(connection, schema);
        _tally = new Tally(connection);
        _letters = new char[schema.Fields.Count];
        _isFilled = new bool[schema.Fields.Count];
        var columns = schema.Fields.Select(field => field.Column).Concat(_keys.Shadows.Select(key => key.Column)).ToList();
        var names = string.Concat(columns.Select(column => ", " + RecordSql.Column(column)));
        var places = string.Concat(columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $", ?{FirstCell + i}")));
        _insert = new Statement(connection, $"INSERT INTO {schema.Table}(id, bad, flags, extra{names}) VALUES (?1, ?2, ?3, ?4{places})");
    }

    public InsertResult Run(ReadOnlySpan<byte> body, long commit)
    {
        if (!Utf8.IsValid(body))
        {
            throw new RecordBodyException("The body is not UTF-8. Send JSON as UTF-8.");
        }

        var first = Statement.Scalar(_connection, "SELECT next FROM record_sheets WHERE sheet = ?", _schema.Number)
            ?? throw new InvalidOperationException($"Sheet number {_schema.Number} has no table.");
        var next = first;
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            throw new RecordBodyException("""The body must be an array of rows: [{"field":{"value":"text"}}].""");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new RecordBodyException($"Row {next - first} of the body is no object. Send each row as an object of cells.");
            }

            Row(ref reader, next++);
        }

        reader.Read();
        var result = new InsertResult(first, checked((int)(next - first)));
        if (result.Count > 0)
        {
            Book(result, commit);
        }

        return result;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _elements.ForEach(table => table.Dispose());
    }

    private void Row(ref Utf8JsonReader reader, long row)
    {
        _insert.ClearBindings();
        Array.Clear(_isFilled);
        _keys.Clear();
        _extra = null;
        if (_hasLetters)
        {
            Array.Clear(_letters);
            _hasLetters = false;
        }

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
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                Cell(ref reader, field, row);
            }
            else
            {
                Value(ref reader, field, row);
            }
        }

        foreach (var field in _schema.RequiredFields)
        {
            if (!_isFilled[field.Position])
            {
                _letters[field.Position] = CellFlag.Required;
                _hasLetters = true;
            }
        }

        string? errors = null;
        if (_hasLetters || _extra is not null)
        {
            errors = BindFlags();
        }

        for (var i = 0; i < _keys.Shadows.Count; i++)
        {
            _insert.Bind(FirstCell + _schema.Fields.Count + i, _keys.Of(_keys.Shadows[i]));
        }

        _insert.Bind(1, row);
        _insert.Run();
        _tally.Add(_schema.Number, row, 1, errors is null ? 0 : 1);
    }

    private void Cell(ref Utf8JsonReader reader, SheetField field, long row)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("value"u8))
            {
                reader.Read();
                Value(ref reader, field, row);
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

    private void Value(ref Utf8JsonReader reader, SheetField field, long row)
    {
        var cell = _parser.Read(ref reader, field);
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

        foreach (var elements in _elements)
        {
            if (elements.Field == field)
            {
                elements.Delete(row);
                elements.Insert(row, cell);
            }
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
        if (messages.Count > 0)
        {
            _extra ??= RowExtra.Of(default);
            _extra.SetMessages(field.Column, messages);
        }
    }

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

    private void Book(InsertResult rows, long commit)
    {
        using (var next = new Statement(_connection, "UPDATE record_sheets SET next = ?2 WHERE sheet = ?1"))
        {
            next.Bind(1, _schema.Number);
            next.Bind(2, rows.Last + 1);
            next.Run();
        }

        using (var book = new Statement(_connection, """
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

        if (_schema.IsCompared)
        {
            using var dirty = new DirtyKeys(_connection, _schema);
            dirty.TouchFrom(rows.First);
            Settlement.AfterChange(_connection, _tally, _schema, dirty);
        }

        _tally.Save();
    }
}
