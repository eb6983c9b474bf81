using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Records;

/// <summary>
/// Writes a stored row that has values and nothing else: no flag, message, metadata, lock or link. Most rows are such, and nearly all of their
/// text is the same from row to row, so it is put together from parts instead of member by member.
/// </summary>
internal sealed class PlainRow : IDisposable
{
    private const int LongestInteger = 20;

    private static readonly SearchValues<byte> Unescaped = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private readonly ArrayBufferWriter<byte> _cell = new(256);
    private readonly Utf8JsonWriter _cells;
    private readonly int _sheet;
    private readonly SheetField[] _fields;
    private readonly byte[][] _heads;
    private byte[] _text = new byte[4096];
    private int _length;
    private JsonEncodedText? _time;
    private byte[] _tail = Tail(null);

    public PlainRow(int sheet, IReadOnlyList<SheetField> fields)
    {
        _sheet = sheet;
        _fields = [.. fields];
        _cells = new Utf8JsonWriter(_cell, Wire.Writing);
        _heads = [.. fields.Select((field, i) => (byte[])[.. i == 0 ? "\""u8 : ",\""u8, .. field.Name.EncodedUtf8Bytes, .. "\":{"u8])];
    }

    /// <summary>Writes the row a statement stands on.</summary>
    /// <param name="row">The statement.</param>
    /// <param name="firstCell">Its first column with a cell.</param>
    /// <param name="time">When the row was changed, where that is told.</param>
    /// <param name="writer">Where to.</param>
    public void Write(Statement row, int firstCell, JsonEncodedText? time, Utf8JsonWriter writer)
    {
        if (!Equals(time, _time))
        {
            (_time, _tail) = (time, Tail(time));
        }

        _length = 0;
        Span<char> id = stackalloc char[RecordId.Length];
        RecordId.Format(_sheet, row.Long(0), id);
        Add("{\"id\":\""u8);
        _length += Encoding.ASCII.GetBytes(id, Room(id.Length));
        Add("\",\"valid\":true,\"metadata\":{},\"config\":{},\"values\":{"u8);
        for (var i = 0; i < _heads.Length; i++)
        {
            Add(_heads[i]);
            Value(_fields[i], row.Cell(firstCell + i));
            Add(_tail);
        }

        Add("}}"u8);
        writer.WriteRawValue(_text.AsSpan(0, _length), skipInputValidation: true);
    }

    public void Dispose() => _cells.Dispose();

    private static byte[] Tail(JsonEncodedText? time) =>
    [
        .. ",\"messages\":[],\"valid\":true"u8,
        .. time is { } updatedAt ? (byte[])[.. ",\"updatedAt\":\""u8, .. updatedAt.EncodedUtf8Bytes, .. "\""u8] : [],
        .. "}"u8,
    ];

    private void Value(SheetField field, CellData cell)
    {
        if (cell.Kind == CellKind.Text && (field.IsList || field.Kind is not (FieldKind.Number or FieldKind.Boolean or FieldKind.Date))
            && cell.Bytes.IndexOfAnyExcept(Unescaped) < 0)
        {
            Add("\"value\":\""u8);
            Add(cell.Bytes);
            Add("\""u8);
        }
        else if (cell.Kind == CellKind.Integer)
        {
            Add("\"value\":"u8);
            Utf8Formatter.TryFormat(cell.Integer, Room(LongestInteger), out var length);
            _length += length;
        }
        else
        {
            _cell.ResetWrittenCount();
            _cells.Reset();
            CellWriter.WriteValue(_cells, field, cell);
            _cells.Flush();
            Add(_cell.WrittenSpan);
        }
    }

    private void Add(ReadOnlySpan<byte> part)
    {
        part.CopyTo(Room(part.Length));
        _length += part.Length;
    }

    private Span<byte> Room(int length)
    {
        if (_text.Length - _length < length)
        {
            Array.Resize(ref _text, Math.Max(_length + length, _text.Length * 2));
        }

        return _text.AsSpan(_length);
    }
}
